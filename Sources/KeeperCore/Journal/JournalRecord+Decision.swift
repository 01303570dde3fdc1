public import EthCodec
import EthPrimitives
public import EthRPC

extension JournalRecord {
    /// One decision at one head.
    /// - Parameter evidence: what it follows from; `nil` where that is not kept.
    public static func decision(
        _ decision: Decision, at head: BlockHeader, _ evidence: DecisionEvidence? = nil
    ) throws -> JSON {
        .object([
            "kind": "decision", "block": .integer(head.number), "hash": .string(head.hash.description),
            "time": .integer(head.timestamp), "decision": try json(decision),
            "endpoint": evidence.map { .string($0.endpoint) }, "inputs": try evidence.map { try json($0.inputs) },
            "snapshot": evidence?.snapshot, "memory": evidence?.memory,
        ])
    }
}
