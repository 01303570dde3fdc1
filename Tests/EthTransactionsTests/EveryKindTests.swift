import EthCodec
import EthCrypto
import EthPrimitives
import EthTransactions
import Foundation
import Testing

@Suite("Every kind of transaction")
struct EveryKindTests {
    @Test("is signed, encoded, decoded and recovered", arguments: Samples.all)
    func roundTrip(transaction: UnsignedTransaction) throws {
        let envelope = try transaction.signed(by: Samples.key)
        #expect(envelope.encoded.first == (transaction.type == .legacy ? 0xf8 : transaction.type.rawValue))
        let decoded = try TransactionEnvelope(decoding: envelope.encoded)
        #expect(decoded == envelope && decoded.unsigned == transaction && decoded.signature == envelope.signature)
        #expect(decoded.unsigned.signed(decoded.signature).encoded == envelope.encoded)
        #expect(try decoded.sender() == Samples.key.address)
        #expect(envelope.hash == Keccak256.hash(envelope.encoded))
        let json = try JSONEncoder().encode([envelope])
        #expect(try JSONDecoder().decode([TransactionEnvelope].self, from: json) == [envelope])
    }

    @Test("has no prefix and no extension that is a transaction", arguments: Samples.all)
    func lengths(transaction: UnsignedTransaction) throws {
        let bytes = try transaction.signed(by: Samples.key).encoded
        for count in 0..<bytes.count {
            #expect(throws: TransactionDecodingError.self) { try TransactionEnvelope(decoding: Array(bytes.prefix(count))) }
        }
        #expect(throws: TransactionDecodingError.rlp(.trailingBytes(count: 1))) { try TransactionEnvelope(decoding: bytes + [0]) }
    }

    @Test("with a changed byte never yields the same bytes from other fields", arguments: Samples.all)
    func mutations(transaction: UnsignedTransaction) throws {
        let bytes = try transaction.signed(by: Samples.key).encoded
        var taken = 0
        for index in bytes.indices {
            for flip in [0x01, 0x40, 0x80, 0xff] as [UInt8] {
                var changed = bytes
                changed[index] ^= flip
                // Most are refused; what is taken must spell exactly these bytes.
                guard let envelope = try? TransactionEnvelope(decoding: changed) else { continue }
                taken += 1
                #expect(envelope.unsigned.signed(envelope.signature).encoded == changed)
            }
        }
        #expect(taken > 200)
    }

    @Test("has exactly its number of fields", arguments: Samples.all)
    func counts(transaction: UnsignedTransaction) throws {
        let bytes = try transaction.signed(by: Samples.key).encoded
        let prefix = transaction.type == .legacy ? [] : [transaction.type.rawValue]
        let fields = try RLPDecoder.decode(Array(bytes.dropFirst(prefix.count))).asList()
        #expect(fields.count == [9, 11, 12, 14, 13][Int(transaction.type.rawValue)])
        for wrong in [Array(fields.dropLast()), fields + [.bytes([])]] {
            let error = TransactionDecodingError.rlp(.wrongCount(expected: fields.count, actual: wrong.count))
            #expect(throws: error) { try TransactionEnvelope(decoding: prefix + RLPEncoder.encode(.list(wrong))) }
        }
    }

    @Test("refuses a list for a string and a string for a list, field by field", arguments: Samples.all)
    func forms(transaction: UnsignedTransaction) throws {
        let bytes = try transaction.signed(by: Samples.key).encoded
        let prefix = transaction.type == .legacy ? [] : [transaction.type.rawValue]
        let fields = try RLPDecoder.decode(Array(bytes.dropFirst(prefix.count))).asList()
        for index in fields.indices {
            var changed = fields
            var error = TransactionDecodingError.rlp(.expectedBytes)
            if case .list = fields[index] {
                changed[index] = .bytes([])
                error = .rlp(.expectedList)
            } else {
                changed[index] = .list([])
                // A list at the front is the transaction in its network form.
                if transaction.type == .blob, index == 0 { error = .carriesBlobs }
            }
            #expect(throws: error) { try TransactionEnvelope(decoding: prefix + RLPEncoder.encode(.list(changed))) }
        }
    }

    @Test("of types 3 and 4 has a recipient")
    func recipient() throws {
        for transaction in [UnsignedTransaction.blob(Samples.blob), .setCode(Samples.setCode)] {
            let bytes = try transaction.signed(by: Samples.key).encoded
            var fields = try RLPDecoder.decode(Array(bytes.dropFirst())).asList()
            fields[5] = .bytes([])
            #expect(throws: TransactionDecodingError.rlp(.wrongLength(expected: 20, actual: 0))) {
                try TransactionEnvelope(decoding: [transaction.type.rawValue] + RLPEncoder.encode(.list(fields)))
            }
        }
    }

    @Test("may have empty lists in its form, which no block takes")
    func emptyLists() throws {
        var (blob, setCode) = (Samples.blob, Samples.setCode)
        blob.blobVersionedHashes = []
        setCode.authorizationList = []
        for transaction in [UnsignedTransaction.blob(blob), .setCode(setCode)] {
            let envelope = try transaction.signed(by: Samples.key)
            #expect(try TransactionEnvelope(decoding: envelope.encoded).unsigned == transaction)
            #expect(throws: StatelessError.self) { try StatelessRules(chainID: 1, fork: .osaka).check(envelope) }
        }
    }
}
