import EthCodec
import EthCrypto
import EthPrimitives
import EthTransactions
import Foundation
import Testing

/// The vectors of this repository: Tests/Vectors/signing.json.
@Suite("Own transaction vectors")
struct OwnVectorTests {
    struct File: Decodable {
        let transactionKey: String
        let transactionSender: Address
        let transactions: [Case]
    }

    struct Case: Decodable {
        let kind: String
        let nonce, gasLimit: String
        let value: Wei
        let data: String
        let chainID: String?
        let to: Address?
        let gasPrice, maxFeePerGas, maxPriorityFeePerGas: Wei?
        let accessList: AccessList?
        let signingHash, hash: B256
        let encoded: String

        func unsigned() throws -> UnsignedTransaction {
            let (nonce, gasLimit) = (try #require(UInt64(nonce)), try #require(UInt64(gasLimit)))
            let chainID = try chainID.map { ChainID(try #require(UInt64($0))) }
            let data = try Hex.decode(data)
            switch kind {
            case "legacy":
                return .legacy(
                    LegacyTransaction(
                        chainID: chainID, nonce: nonce, gasPrice: try #require(gasPrice), gasLimit: gasLimit, to: to,
                        value: value,
                        data: data))
            default:
                return .feeMarket(
                    FeeMarketTransaction(
                        chainID: try #require(chainID), nonce: nonce, maxPriorityFeePerGas: try #require(maxPriorityFeePerGas),
                        maxFeePerGas: try #require(maxFeePerGas), gasLimit: gasLimit, to: to, value: value, data: data,
                        accessList: accessList ?? []))
            }
        }
    }

    static func load() throws -> File {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Vectors/signing.json")
        return try JSONDecoder().decode(File.self, from: Data(contentsOf: file))
    }

    @Test("transactions are hashed, signed, encoded and decoded byte for byte")
    func transactions() async throws {
        let file = try Self.load()
        let signer = LocalSigner(try PrivateKey(hex: file.transactionKey))
        for vector in file.transactions {
            let unsigned = try vector.unsigned()
            #expect(unsigned.signingHash == vector.signingHash)
            let envelope = try await signer.signed(unsigned)
            #expect(Hex.encode(envelope.encoded) == vector.encoded)
            #expect(envelope.hash == vector.hash)
            let decoded = try TransactionEnvelope(decoding: Hex.decode(vector.encoded))
            #expect(decoded.unsigned == unsigned)
            #expect(try decoded.sender() == file.transactionSender)
        }
        #expect(file.transactions.count == 6)
    }

    @Test("no prefix and no extension of a transaction is one")
    func lengths() throws {
        for vector in try Self.load().transactions {
            let bytes = try Hex.decode(vector.encoded)
            for count in 0..<bytes.count {
                #expect(throws: TransactionDecodingError.self) { try TransactionEnvelope(decoding: Array(bytes.prefix(count))) }
            }
            #expect(throws: TransactionDecodingError.rlp(.trailingBytes(count: 1))) {
                try TransactionEnvelope(decoding: bytes + [0])
            }
        }
    }

    @Test("a changed byte never yields the same bytes from other fields")
    func mutations() throws {
        var taken = 0
        for vector in try Self.load().transactions {
            let bytes = try Hex.decode(vector.encoded)
            for index in bytes.indices {
                for flip in [0x01, 0x80, 0xff] as [UInt8] {
                    var changed = bytes
                    changed[index] ^= flip
                    // Most are refused; what is taken must spell exactly these bytes.
                    guard let envelope = try? TransactionEnvelope(decoding: changed) else { continue }
                    taken += 1
                    #expect(envelope.encoded == changed)
                }
            }
        }
        #expect(taken > 500)
    }
}
