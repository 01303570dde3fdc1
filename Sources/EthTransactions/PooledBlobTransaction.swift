internal import EthCodec
internal import EthPrimitives

/// A blob transaction in the form in which nodes pass it on and `eth_sendRawTransaction` takes it: with its blobs, their
/// commitments and proofs (EIP-4844, *Networking*; EIP-7594 for proofs of cells). Only read, to recognise the transaction;
/// whether commitments and proofs hold is not looked at.
public struct PooledBlobTransaction: Hashable, Sendable {
    /// What is proven about a blob.
    public enum ProofKind: Hashable, Sendable {
        /// One proof for each blob (EIP-4844).
        case blob
        /// One proof for each of the 128 cells of an extended blob (EIP-7594, wrapper version 1).
        case cell
    }

    /// The transaction as blocks hold it, whose hash is the transaction's.
    public let transaction: Signed<BlobTransaction>
    public let proofKind: ProofKind

    /// Bytes of a blob: 4,096 field elements of 32 bytes.
    public static let blobLength = 131_072
    /// Bytes of a commitment and of a proof: a compressed point of BLS12-381's first group.
    public static let pointLength = 48
    /// Cells of an extended blob (EIP-7594, CELLS_PER_EXT_BLOB).
    public static let cellsPerBlob = 128

    /// Decodes the byte 3 and the list of transaction, wrapper version if any, blobs, commitments and proofs, strictly.
    /// - Throws: `TransactionDecodingError`.
    public init(decoding bytes: [UInt8]) throws(TransactionDecodingError) {
        guard let first = bytes.first else { throw .empty }
        guard first == TransactionType.blob.rawValue else { throw .unknownType(first) }
        self = try TransactionFields.read(bytes, from: 1) {
            (parts) throws(TransactionDecodingError) -> PooledBlobTransaction in try PooledBlobTransaction(&parts)
        }
    }

    private init(_ parts: inout TransactionFields) throws(TransactionDecodingError) {
        let count = try parts.count()
        guard count == 4 || count == 5 else { throw .rlp(.wrongCount(expected: 4, actual: count)) }
        var fields = try parts.list()
        transaction = try Signed(blob: &fields, encoded: nil)
        proofKind = count == 4 ? .blob : .cell
        if proofKind == .cell {
            let version = try parts.uint256()
            guard version == 1 else { throw .wrongSidecar("unknown wrapper version \(version)") }
        }
        let blobs = transaction.transaction.blobVersionedHashes.count
        try Self.pass("blobs", blobs, of: Self.blobLength, in: &parts)
        try Self.pass("commitments", blobs, of: Self.pointLength, in: &parts)
        try Self.pass("proofs", proofKind == .cell ? blobs * Self.cellsPerBlob : blobs, of: Self.pointLength, in: &parts)
    }

    /// Passes over a list of `expected` strings of `length` bytes.
    private static func pass(
        _ name: String, _ expected: Int, of length: Int, in parts: inout TransactionFields
    ) throws(TransactionDecodingError) {
        var members = try parts.list()
        var count = 0
        while !members.isAtEnd {
            let actual = try members.length()
            guard actual == length else { throw .wrongSidecar("expected \(name) of \(length) bytes, got \(actual)") }
            count += 1
        }
        guard count == expected else { throw .wrongSidecar("expected \(expected) \(name), got \(count)") }
    }
}

extension TransactionEnvelope {
    /// Decodes what `eth_sendRawTransaction` takes: the form of blocks, or a blob transaction with its blobs, of which the
    /// transaction alone is kept.
    /// - Throws: `TransactionDecodingError`.
    public init(decodingPooled bytes: [UInt8]) throws(TransactionDecodingError) {
        do throws(TransactionDecodingError) {
            try self.init(decoding: bytes)
        } catch .carriesBlobs {
            self = .blob(try PooledBlobTransaction(decoding: bytes).transaction)
        }
    }
}
