import EthCodec
import EthPrimitives
import EthTransactions
import Testing

@Suite("Blob transaction with its blobs")
struct PooledBlobTransactionTests {
    static let blobs = RLPItem.list(Array(repeating: .bytes([UInt8](repeating: 1, count: 131_072)), count: 2))
    static func points(_ count: Int) -> RLPItem {
        .list(Array(repeating: .bytes([UInt8](repeating: 2, count: 48)), count: count))
    }

    static func wire(_ parts: [RLPItem]) throws -> [UInt8] {
        let encoded = try Samples.blob.signed(by: Samples.key).encoded
        return [3] + RLPEncoder.encode(.list([try RLPDecoder.decode(Array(encoded.dropFirst()))] + parts))
    }

    @Test("is recognised by its transaction, with proofs of blobs or of cells")
    func recognised() throws {
        let signed = try Samples.blob.signed(by: Samples.key)
        let old = try Self.wire([Self.blobs, Self.points(2), Self.points(2)])
        let new = try Self.wire([.integer(1 as UInt64), Self.blobs, Self.points(2), Self.points(256)])
        for (bytes, kind) in [(old, PooledBlobTransaction.ProofKind.blob), (new, .cell)] {
            let pooled = try PooledBlobTransaction(decoding: bytes)
            #expect(pooled.transaction == signed && pooled.transaction.hash == signed.hash && pooled.proofKind == kind)
            #expect(try TransactionEnvelope(decodingPooled: bytes) == .blob(signed))
            #expect(throws: TransactionDecodingError.carriesBlobs) { try TransactionEnvelope(decoding: bytes) }
        }
        #expect(try TransactionEnvelope(decodingPooled: signed.encoded) == .blob(signed))
        let other = try Samples.feeMarket.signed(by: Samples.key)
        #expect(try TransactionEnvelope(decodingPooled: other.encoded) == .feeMarket(other))
    }

    @Test("is refused where its parts do not fit each other")
    func refused() throws {
        let version = RLPItem.integer(1 as UInt64)
        let cases: [([RLPItem], TransactionDecodingError)] = [
            ([Self.blobs, Self.points(2)], .rlp(.wrongCount(expected: 4, actual: 3))),
            ([.integer(2 as UInt64), Self.blobs, Self.points(2), Self.points(256)], .wrongSidecar("unknown wrapper version 2")),
            ([Self.blobs, Self.points(1), Self.points(2)], .wrongSidecar("expected 2 commitments, got 1")),
            ([Self.blobs, Self.points(2), Self.points(256)], .wrongSidecar("expected 2 proofs, got 256")),
            ([version, Self.blobs, Self.points(2), Self.points(2)], .wrongSidecar("expected 256 proofs, got 2")),
            ([Self.points(2), Self.points(2), Self.points(2)], .wrongSidecar("expected blobs of 131072 bytes, got 48")),
            (
                [Self.blobs, Self.points(2), .list([.bytes([1, 2]), .bytes([])])],
                .wrongSidecar("expected proofs of 48 bytes, got 2")
            ),
            ([.list([]), Self.points(2), Self.points(2)], .wrongSidecar("expected 2 blobs, got 0")),
            ([.bytes([]), Self.points(2), Self.points(2)], .rlp(.expectedList)),
            ([.list([.list([]), .list([])]), Self.points(2), Self.points(2)], .rlp(.expectedBytes)),
        ]
        for (parts, error) in cases {
            let bytes = try Self.wire(parts)
            #expect(throws: error) { try PooledBlobTransaction(decoding: bytes) }
            #expect(throws: error) { try TransactionEnvelope(decodingPooled: bytes) }
        }
        #expect(throws: TransactionDecodingError.empty) { try PooledBlobTransaction(decoding: []) }
        #expect(throws: TransactionDecodingError.unknownType(2)) { try PooledBlobTransaction(decoding: [2, 0xc0]) }
    }
}
