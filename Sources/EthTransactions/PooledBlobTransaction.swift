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
        guard case .list(let parts) = try RLPItem(decoding: bytes.dropFirst()) else { throw .rlp(.expectedList) }
        switch parts.count {
        case 4: proofKind = .blob
        case 5 where parts[1] == .integer(1 as UInt64): proofKind = .cell
        case 5: throw .wrongSidecar("unknown wrapper version")
        default: throw .rlp(.wrongCount(expected: 4, actual: parts.count))
        }
        transaction = try Signed(blob: parts[0], encoded: nil)
        let count = transaction.transaction.blobVersionedHashes.count
        let sidecar = parts.suffix(3).enumerated().map { ($0, $1) }
        let perBlob = proofKind == .cell ? Self.cellsPerBlob : 1
        for (index, part) in sidecar {
            let (name, expected, length) =
                switch index {
                case 0: ("blobs", count, Self.blobLength)
                case 1: ("commitments", count, Self.pointLength)
                default: ("proofs", count * perBlob, Self.pointLength)
                }
            guard case .list(let members) = part else { throw .rlp(.expectedList) }
            guard members.count == expected else {
                throw .wrongSidecar("expected \(expected) \(name), got \(members.count)")
            }
            for case let member in members {
                guard case .bytes(let bytes) = member else { throw .rlp(.expectedBytes) }
                guard bytes.count == length else {
                    throw .wrongSidecar("expected \(name) of \(length) bytes, got \(bytes.count)")
                }
            }
        }
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
