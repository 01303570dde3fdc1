public import EthCodec
internal import EthPrimitives

extension KeystoreV3 {
    /// Reads a key file's JSON. Strict, but for what real wallets do: hexadecimal of either case and with `0x`, `Crypto` for
    /// `crypto`, no address, no id, members that nobody asked for.
    /// - Throws: `KeystoreError` that names the field.
    public init(_ json: JSON) throws(KeystoreError) {
        let file = try KeyFileField(file: json)
        let version = try file.member("version")
        guard version.json.uint64 == 3 else { throw version.invalid("3") }
        let crypto = try Self.crypto(file)
        let cipher = try crypto.member("cipher")
        guard try cipher.text() == "aes-128-ctr" else { throw cipher.invalid("\"aes-128-ctr\"") }
        let derivation = try Self.derivation(crypto)
        let id = try file.optional("id")
        if let id, try id.text().utf8.count > 64 { throw id.invalid("at most 64 characters") }
        self.init(
            derivation: derivation, iv: try crypto.member("cipherparams").member("iv").bytes(),
            ciphertext: try crypto.member("ciphertext").bytes(), mac: try crypto.member("mac").bytes(),
            address: try file.optional("address")?.address(), id: try id?.text())
    }

    /// Reads a key file's bytes.
    /// - Throws: `KeystoreError.notJSON`, or one that names the field.
    public init(parsing bytes: [UInt8]) throws(KeystoreError) { try self.init(KeyFileField.parse(bytes)) }

    /// The file as geth writes it: the same members in the same order, lower-case hexadecimal without prefix. What was not in the
    /// file that was read is left out.
    public var json: JSON {
        .object([
            "address": address.map { .string(Hex.encodeUnprefixed($0.bytes)) },
            "crypto": .object([
                "cipher": "aes-128-ctr",
                "ciphertext": .string(Hex.encodeUnprefixed(ciphertext.bytes)),
                "cipherparams": .object(["iv": .string(Hex.encodeUnprefixed(iv.bytes))]),
                "kdf": .string(Self.name(of: derivation)),
                "kdfparams": Self.parameters(of: derivation),
                "mac": .string(Hex.encodeUnprefixed(mac.bytes)),
            ]),
            "id": id.map { .string($0) },
            "version": 3,
        ])
    }

    private static func crypto(_ file: KeyFileField) throws(KeystoreError) -> KeyFileField {
        guard let capital = try file.optional("Crypto") else { return try file.member("crypto") }
        guard try file.optional("crypto") == nil else { throw .duplicate(field: "crypto") }
        return capital
    }

    private static func derivation(_ crypto: KeyFileField) throws(KeystoreError) -> KeyDerivation {
        let kdf = try crypto.member("kdf")
        let name = try kdf.text()
        guard name == "scrypt" || name == "pbkdf2" else { throw kdf.invalid("\"scrypt\" or \"pbkdf2\"") }
        let parameters = try crypto.member("kdfparams")
        let length = try parameters.member("dklen").count()
        let salt: [UInt8] = try parameters.member("salt").bytes()
        if name == "scrypt" {
            let (n, r, p) = (
                try parameters.member("n").count(), try parameters.member("r").count(), try parameters.member("p").count()
            )
            do throws(KeystoreError) {
                return .scrypt(try ScryptParameters(n: n, r: r, p: p, length: length, salt: salt))
            } catch {
                throw error.inside(parameters.path)
            }
        }
        let prf = try parameters.member("prf")
        guard try prf.text() == "hmac-sha256" else { throw prf.invalid("\"hmac-sha256\"") }
        let rounds = try parameters.member("c").count()
        do throws(KeystoreError) {
            return .pbkdf2(try PBKDF2Parameters(rounds: rounds, length: length, salt: salt))
        } catch {
            throw error.inside(parameters.path)
        }
    }

    private static func name(of derivation: KeyDerivation) -> String {
        switch derivation {
        case .scrypt: "scrypt"
        case .pbkdf2: "pbkdf2"
        }
    }

    private static func parameters(of derivation: KeyDerivation) -> JSON {
        switch derivation {
        case .scrypt(let scrypt):
            .object([
                "dklen": .integer(scrypt.length), "n": .integer(scrypt.n), "p": .integer(scrypt.p), "r": .integer(scrypt.r),
                "salt": .string(Hex.encodeUnprefixed(scrypt.salt)),
            ])
        case .pbkdf2(let pbkdf2):
            .object([
                "c": .integer(pbkdf2.rounds), "dklen": .integer(pbkdf2.length), "prf": "hmac-sha256",
                "salt": .string(Hex.encodeUnprefixed(pbkdf2.salt)),
            ])
        }
    }
}
