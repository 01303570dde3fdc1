public import EthPrimitives

extension Provider {
    /// The receipt of a mined transaction; `nil` while it is not mined, or again after a reorganisation.
    public func receipt(_ hash: TransactionHash) async throws -> Receipt? { try await value(.receipt(hash)) }

    /// A transaction, mined or pending; `nil` where the node does not know it.
    public func transaction(_ hash: TransactionHash) async throws -> ReportedTransaction? { try await value(.transaction(hash)) }

    /// Hands signed bytes to the node. Never repeated blindly: the caller watches the hash, which it knows beforehand.
    /// - Returns: the hash that the node reports.
    public func broadcast(_ signed: [UInt8]) async throws -> TransactionHash { try await value(.broadcast(signed)) }

    /// Hands signed bytes to the node, and tells whether it has them now.
    /// - Parameter hash: the transaction's own hash, which the caller computed. A node that reports another, or that knows another
    ///   transaction, does not have this one.
    /// - Throws: what the transport throws, and every refusal but that the node has exactly this transaction.
    public func submit(_ signed: [UInt8], hash: TransactionHash) async throws -> Submission {
        do {
            let reported = try await broadcast(signed)
            guard reported == hash else {
                throw RPCError(
                    .malformedResult, "expected the hash \(hash), got \(reported)", method: "eth_sendRawTransaction")
            }
            return .accepted
        } catch let error as RPCError {
            guard error.nodeError?.confirms(hash) == true else { throw error }
            return .alreadyKnown
        }
    }
}

/// How a node has a transaction that was handed to it.
public enum Submission: Sendable, Hashable {
    case accepted
    /// It had exactly this transaction before.
    case alreadyKnown
}
