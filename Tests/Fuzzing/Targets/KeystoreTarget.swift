internal import EthCodec
internal import EthKeystore

extension FuzzTarget {
    /// Key files, up to the point where a password would be tried: what is taken is written back as the same file, within the limits.
    static let keystore = FuzzTarget("keystore", .json) {
        let own = try SharedCorpus.own("keystore.json")["keystores"]?.array?.compactMap { $0["keystore"] } ?? []
        let suite =
            try SharedCorpus.json("ethereum-tests/KeyStoreTests/basic_tests.json").members?.compactMap { $0.value["json"] } ?? []
        let wallets = try SharedCorpus.json("ethers/wallets.json.gz").array?.compactMap { $0["content"]?.string } ?? []
        let presale =
            "{\"encseed\":\"" + String(repeating: "ab", count: 48) + "\",\"ethaddr\":\"" + String(repeating: "11", count: 20)
            + "\"}"
        return Corpus((own + suite).map { JSONWriter.bytes(of: $0) } + (wallets + [presale]).map { Array($0.utf8) })
    } decode: { input throws(BrokenPromise) in
        guard let file = try? KeyFile(parsing: input) else { return false }
        guard case .keystoreV3(let keystore) = file else { return true }
        let written = JSONWriter.bytes(of: keystore.json)
        try BrokenPromise.unless((try? KeystoreV3(parsing: written)) == keystore, "a file changes by writing and reading")
        switch keystore.derivation {
        case .scrypt(let scrypt):
            let (memory, work) = (128 * scrypt.r * (scrypt.n + scrypt.p), 128 * scrypt.r * scrypt.n * scrypt.p)
            try BrokenPromise.unless(
                memory <= ScryptParameters.mostMemory && work <= ScryptParameters.mostWork, "scrypt beyond its limits")
        case .pbkdf2(let pbkdf2):
            try BrokenPromise.unless(pbkdf2.rounds <= PBKDF2Parameters.mostRounds, "PBKDF2 beyond its limits")
        }
        return true
    }
}
