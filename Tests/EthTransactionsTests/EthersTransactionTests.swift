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
        /// Empty or absent where the case names no recipient.
        let unsignedCancun, signedCancun: String?
        /// Absent in the older file.
        let signatureLegacy, signatureEip155, signatureBerlin, signatureLondon, signatureCancun: Scalars?
    }

    struct Scalars: Decodable {
        let r, s, v: String
    }

    struct Fields: Decodable {
        var nonce: UInt64?
        var to, gasLimit, gasPrice, maxFeePerGas, maxPriorityFeePerGas, data, value, chainId, maxFeePerBlobGas: String?
        var accessList: [Entry]?
        var blobVersionedHashes: [B256]?
    }

    struct Entry: Decodable {
        let address: String
        let storageKeys: [B256]
    }

    /// The file spells the number zero as the byte 0, which is not canonical RLP (an empty string).
    static let chainZero = "EIP-155 of chain 0, whose payload the file writes as 00 instead of 80"
    static let noBlobForm = "no EIP-4844 form in the file, since the case names no recipient"

    @Test("are encoded, hashed and signed byte for byte, decoded and recovered", arguments: ["transactions", "transaction"])
    func cases(file: String) throws {
        var tallies: [String: VectorTally] = [:]
        func tally(_ kind: String) -> VectorTally { VectorTally("ethers/\(file) \(kind)") }
        for test in try SharedVectors.json("ethers/\(file).json.gz", as: [Case].self) {
            let key = try PrivateKey(hex: test.privateKey)
            func check(
                _ kind: String, _ transaction: UnsignedTransaction, unsigned: String, signed: String, _ scalars: Scalars?
            ) throws {
                let envelope = try transaction.signed(by: key)
                var held = Hex.encode(transaction.signingPayload) == unsigned && Hex.encode(envelope.encoded) == signed
                held = try held && envelope.hash == Keccak256.hash(Hex.decode(signed)) && envelope.sender() == key.address
                let decoded = try TransactionEnvelope(decoding: Hex.decode(signed))
                held = try held && decoded.unsigned == transaction && decoded.sender() == key.address
                held = held && decoded.unsigned.signed(decoded.signature).encoded == decoded.encoded
                if let scalars {
                    held = try held && quantity(scalars.r) == envelope.signature.r && quantity(scalars.s) == envelope.signature.s
                    held = try held && quantity(scalars.v) == v(envelope)
                }
                #expect(held, "\(test.name) \(kind)")
                tallies[kind, default: tally(kind)].count(held)
            }
            let fields = test.transaction
            let named = try fields.chainId.map { try quantity($0) } ?? 0
            // The older file was written with mainnet for typed transactions where a case names no chain.
            let typed = fields.chainId == nil && file == "transaction" ? 1 : named
            let (chainID, typedID) = (ChainID(try #require(named.asUInt64)), ChainID(try #require(typed.asUInt64)))
            try check(
                "legacy", legacy(fields, nil), unsigned: test.unsignedLegacy, signed: test.signedLegacy, test.signatureLegacy)
            if named == 0, !test.unsignedEip155.isEmpty {
                #expect(test.unsignedEip155.hasSuffix("008080"))
                tallies["EIP-155", default: tally("EIP-155")].skip(Self.chainZero)
            } else if !test.unsignedEip155.isEmpty {
                try check(
                    "EIP-155", legacy(fields, chainID), unsigned: test.unsignedEip155, signed: test.signedEip155,
                    test.signatureEip155)
            }
            try check(
                "EIP-2930", accessList(fields, typedID), unsigned: test.unsignedBerlin, signed: test.signedBerlin,
                test.signatureBerlin)
            try check(
                "EIP-1559", feeMarket(fields, typedID), unsigned: test.unsignedLondon, signed: test.signedLondon,
                test.signatureLondon)
            if let unsigned = test.unsignedCancun, let signed = test.signedCancun, !unsigned.isEmpty {
                try check("EIP-4844", blob(fields, typedID), unsigned: unsigned, signed: signed, test.signatureCancun)
            } else {
                tallies["EIP-4844", default: tally("EIP-4844")].skip(Self.noBlobForm)
            }
        }
        for tally in tallies.sorted(by: { $0.key < $1.key }) { tally.value.report() }
        let expected =
            file == "transactions"
            ? ["legacy": 1600, "EIP-155": 832, "EIP-2930": 1600, "EIP-1559": 1600, "EIP-4844": 64]
            : ["legacy": 448, "EIP-155": 244, "EIP-2930": 448, "EIP-1559": 448, "EIP-4844": 0]
        #expect(tallies.mapValues(\.passed) == expected)
    }

    private func v(_ envelope: TransactionEnvelope) -> UInt256 {
        if case .legacy(let signed) = envelope { return signed.transaction.v(of: signed.signature) }
        return envelope.signature.yParity ? 1 : 0
    }

    private func legacy(_ fields: Fields, _ chainID: ChainID?) throws -> UnsignedTransaction {
        .legacy(
            LegacyTransaction(
                chainID: chainID, nonce: fields.nonce ?? 0, gasPrice: try wei(fields.gasPrice),
                gasLimit: try gas(fields.gasLimit), to: try to(fields), value: try wei(fields.value), data: try data(fields)))
    }

    private func accessList(_ fields: Fields, _ chainID: ChainID) throws -> UnsignedTransaction {
        .accessList(
            AccessListTransaction(
                chainID: chainID, nonce: fields.nonce ?? 0, gasPrice: try wei(fields.gasPrice),
                gasLimit: try gas(fields.gasLimit), to: try to(fields), value: try wei(fields.value), data: try data(fields),
                accessList: try list(fields)))
    }

    private func feeMarket(_ fields: Fields, _ chainID: ChainID) throws -> UnsignedTransaction {
        .feeMarket(
            FeeMarketTransaction(
                chainID: chainID, nonce: fields.nonce ?? 0, maxPriorityFeePerGas: try wei(fields.maxPriorityFeePerGas),
                maxFeePerGas: try wei(fields.maxFeePerGas), gasLimit: try gas(fields.gasLimit), to: try to(fields),
                value: try wei(fields.value), data: try data(fields), accessList: try list(fields)))
    }

    private func blob(_ fields: Fields, _ chainID: ChainID) throws -> UnsignedTransaction {
        .blob(
            BlobTransaction(
                chainID: chainID, nonce: fields.nonce ?? 0, maxPriorityFeePerGas: try wei(fields.maxPriorityFeePerGas),
                maxFeePerGas: try wei(fields.maxFeePerGas), gasLimit: try gas(fields.gasLimit), to: try #require(try to(fields)),
                value: try wei(fields.value), data: try data(fields), accessList: try list(fields),
                maxFeePerBlobGas: try wei(fields.maxFeePerBlobGas), blobVersionedHashes: fields.blobVersionedHashes ?? []))
    }

    private func to(_ fields: Fields) throws -> Address? { try fields.to.map { try Address(hex: $0) } }
    private func data(_ fields: Fields) throws -> [UInt8] { try Hex.decode(fields.data ?? "0x") }
    private func list(_ fields: Fields) throws -> AccessList {
        AccessList(
            try (fields.accessList ?? []).map { .init(address: try Address(hex: $0.address), storageKeys: $0.storageKeys) })
    }

    /// Hexadecimal, `0x` for zero.
    private func quantity(_ text: String) throws -> UInt256 {
        text == "0x" ? 0 : try #require(UInt256(text.dropFirst(2), radix: 16))
    }
    private func wei(_ text: String?) throws -> Wei { Wei(try text.map { try quantity($0) } ?? 0) }
    private func gas(_ text: String?) throws -> Gas { try #require(try text.map { try quantity($0) }?.asUInt64 ?? 0) }
}
