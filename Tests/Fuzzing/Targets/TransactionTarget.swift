internal import EthCodec
internal import EthCrypto
internal import EthPrimitives
internal import EthRPC
internal import EthTransactions

extension FuzzTarget {
    /// Signed transactions of every kind: what is taken has one wire form, and its JSON object is the same transaction.
    static let transaction = FuzzTarget("transaction", .rlp) {
        var inputs: [[UInt8]] = TransactionSeeds.inputs
        for test in try SharedCorpus.cases(in: "ethereum-tests/TransactionTests") {
            if let bytes = SharedCorpus.bytes(test["txbytes"]) { inputs.append(bytes) }
        }
        for test in try SharedCorpus.json("ethers/transactions.json.gz").array?.prefix(200) ?? [] {
            for name in ["signedLegacy", "signedEip155", "signedBerlin", "signedLondon", "signedCancun"] {
                if let bytes = SharedCorpus.bytes(test[name]) { inputs.append(bytes) }
            }
        }
        for line in try SharedCorpus.lines("mainnet/type3_type4_txs.jsonl.gz") {
            guard let object = try? TransactionObject(FieldReader(JSONScanner.parse(line), path: "tx")),
                let envelope = object.envelope
            else {
                continue
            }
            inputs.append(envelope.encoded)
        }
        return Corpus(inputs)
    } decode: { input throws(BrokenPromise) in
        // The form in which nodes pass blobs on contains that of blocks.
        guard let envelope = try? TransactionEnvelope(decodingPooled: input) else { return false }
        let rewritten = envelope.unsigned.signed(envelope.signature)
        let isPooled = envelope.encoded != input
        try BrokenPromise.unless(rewritten.encoded == envelope.encoded, "the fields have another wire form")
        try BrokenPromise.unless(!isPooled || envelope.unsigned.type == .blob, "the wire form changes by decoding")
        try BrokenPromise.unless(envelope.hash == Keccak256.hash(envelope.encoded), "the hash is not that of the wire form")
        let object: TransactionObject
        do { object = try TransactionObject(FieldReader(envelope.json, path: "tx")) } catch {
            throw BrokenPromise("the transaction's own JSON is refused: \(error)")
        }
        try BrokenPromise.unless(object.envelope == envelope, "the transaction's JSON is another transaction")
        for fork in Fork.allCases {
            // Refusals are what is wanted; falling is not.
            try? StatelessRules(chainID: ChainID(1), fork: fork).check(envelope.unsigned)
        }
        // Recovery takes as long as everything before: one in 64, chosen by the input alone.
        if envelope.hash[0] < 4 { _ = try? envelope.sender() }
        return true
    }
}

private enum TransactionSeeds {
    /// One of each kind, signed by the key 1.
    static var inputs: [[UInt8]] {
        let list = AccessList([AccessList.Entry(address: .zero, storageKeys: [B256(), B256()])])
        let (chain, gas, fee) = (ChainID(1), 21_000 as Gas, Wei.gwei(30))
        let transactions: [UnsignedTransaction] = [
            .legacy(
                LegacyTransaction(chainID: nil, nonce: 0, gasPrice: fee, gasLimit: gas, to: .zero, value: .gwei(1), data: [])),
            .legacy(
                LegacyTransaction(
                    chainID: chain, nonce: 200, gasPrice: fee, gasLimit: gas, to: nil, value: .zero, data: [0x60, 0x00])),
            .accessList(
                AccessListTransaction(
                    chainID: chain, nonce: 1, gasPrice: fee, gasLimit: gas, to: .zero, value: .zero, data: [1, 2, 3],
                    accessList: list)),
            .feeMarket(
                FeeMarketTransaction(
                    chainID: chain, nonce: 1, maxPriorityFeePerGas: fee, maxFeePerGas: fee, gasLimit: gas, to: .zero,
                    value: .zero,
                    data: [UInt8](repeating: 7, count: 60), accessList: list)),
            .blob(
                BlobTransaction(
                    chainID: chain, nonce: 1, maxPriorityFeePerGas: fee, maxFeePerGas: fee, gasLimit: gas, to: .zero,
                    value: .zero,
                    data: [], accessList: list, maxFeePerBlobGas: fee, blobVersionedHashes: [B256()])),
            .setCode(
                SetCodeTransaction(
                    chainID: chain, nonce: 1, maxPriorityFeePerGas: fee, maxFeePerGas: fee, gasLimit: gas, to: .zero,
                    value: .zero,
                    data: [], accessList: list, authorizationList: [])),
        ]
        guard let key = try? PrivateKey([UInt8](repeating: 0, count: 31) + [1]) else { return [] }
        return transactions.compactMap { try? $0.signed(by: key).encoded }
    }
}
