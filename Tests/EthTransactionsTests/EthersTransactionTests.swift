import EthCrypto
import EthPrimitives
import EthTransactions
import TestSupport
import Testing

/// Random transactions signed by another library.
@Suite("Ethers transactions", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct EthersTransactionTests {
    struct Case: Decodable {
        let name: String
        let transaction: Fields
        let privateKey: String
        let unsignedLegacy, signedLegacy: String
        /// Empty where the case names no chain.
        let unsignedEip155, signedEip155: String
        let unsignedBerlin, signedBerlin: String
        let unsignedLondon, signedLondon: String
        let signedCancun: String?
    }

    struct Fields: Decodable {
        var nonce: UInt64?
        var to, gasLimit, gasPrice, maxFeePerGas, maxPriorityFeePerGas, data, value, chainId: String?
        var accessList: [Entry]?
    }

    struct Entry: Decodable {
        let address: String
        let storageKeys: [B256]
    }

    @Test("are encoded, hashed and signed byte for byte, decoded and recovered", arguments: ["transactions", "transaction"])
    func cases(file: String) throws {
        var counts: [String: Int] = [:]
        for test in try SharedVectors.json("ethers/\(file).json.gz", as: [Case].self) {
            let key = try PrivateKey(hex: test.privateKey)
            func check(_ kind: String, _ transaction: some SignableTransaction, unsigned: String, signed: String) throws {
                #expect(Hex.encode(transaction.signingPayload) == unsigned, "\(test.name) \(kind)")
                let own = transaction.signed(try key.sign(transaction.signingHash))
                #expect(Hex.encode(own.encoded) == signed, "\(test.name) \(kind)")
                #expect(own.hash == Keccak256.hash(try Hex.decode(signed)))
                #expect(try own.sender() == key.address)
                let envelope = try TransactionEnvelope(decoding: Hex.decode(signed))
                #expect(envelope.encoded == own.encoded && envelope.hash == own.hash)
                #expect(try envelope.sender() == key.address)
                counts[kind, default: 0] += 1
            }
            let named = try test.transaction.chainId.map { try quantity($0) } ?? 0
            // The older file was written with mainnet for EIP-1559 where a case names no chain.
            let london = test.transaction.chainId == nil && file == "transaction" ? 1 : named
            let (chainID, londonID) = (ChainID(try #require(named.asUInt64)), ChainID(try #require(london.asUInt64)))
            try check("legacy", legacy(test.transaction, nil), unsigned: test.unsignedLegacy, signed: test.signedLegacy)
            if named == 0, !test.signedEip155.isEmpty {
                // The file spells the number zero as the byte 0, which is not the canonical form (an empty string).
                #expect(test.unsignedEip155.hasSuffix("008080"))
                counts["EIP-155 of chain 0, malformed in the file", default: 0] += 1
            } else if !test.signedEip155.isEmpty {
                try check("EIP-155", legacy(test.transaction, chainID), unsigned: test.unsignedEip155, signed: test.signedEip155)
            }
            try check("EIP-1559", feeMarket(test.transaction, londonID), unsigned: test.unsignedLondon, signed: test.signedLondon)
            for (type, text) in [(1, test.signedBerlin), (3, test.signedCancun)] as [(UInt8, String?)] {
                guard let text, !text.isEmpty else { continue }
                #expect(throws: TransactionDecodingError.notSupportedYet(type: type)) {
                    try TransactionEnvelope(decoding: Hex.decode(text))
                }
                counts["type \(type), not supported yet", default: 0] += 1
            }
        }
        print("ethers/\(file): \(counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))")
        #expect(counts["legacy"] == (file == "transactions" ? 1600 : 448))
        #expect(counts["EIP-155"] == (file == "transactions" ? 832 : 244))
        #expect(counts["EIP-1559"] == (file == "transactions" ? 1600 : 448))
    }

    private func legacy(_ fields: Fields, _ chainID: ChainID?) throws -> LegacyTransaction {
        LegacyTransaction(
            chainID: chainID, nonce: fields.nonce ?? 0, gasPrice: try wei(fields.gasPrice), gasLimit: try gas(fields.gasLimit),
            to: try fields.to.map { try Address(hex: $0) }, value: try wei(fields.value),
            data: try Hex.decode(fields.data ?? "0x"))
    }

    private func feeMarket(_ fields: Fields, _ chainID: ChainID) throws -> FeeMarketTransaction {
        FeeMarketTransaction(
            chainID: chainID, nonce: fields.nonce ?? 0, maxPriorityFeePerGas: try wei(fields.maxPriorityFeePerGas),
            maxFeePerGas: try wei(fields.maxFeePerGas), gasLimit: try gas(fields.gasLimit),
            to: try fields.to.map { try Address(hex: $0) }, value: try wei(fields.value),
            data: try Hex.decode(fields.data ?? "0x"),
            accessList: AccessList(
                try (fields.accessList ?? []).map { .init(address: try Address(hex: $0.address), storageKeys: $0.storageKeys) }))
    }

    /// Hexadecimal, `0x` for zero.
    private func quantity(_ text: String) throws -> UInt256 {
        text == "0x" ? 0 : try #require(UInt256(text.dropFirst(2), radix: 16))
    }
    private func wei(_ text: String?) throws -> Wei { Wei(try text.map { try quantity($0) } ?? 0) }
    private func gas(_ text: String?) throws -> Gas { try #require(try text.map { try quantity($0) }?.asUInt64 ?? 0) }
}
