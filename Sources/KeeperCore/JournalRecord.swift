import EthPrimitives
public import EthRPC

import FoundationEssentials

/// Records of the decision log.
public enum JournalRecord {
    /// One decision at one head.
    public static func decision(_ decision: Decision, at head: BlockHeader) throws -> JSON {
        .object([
            "kind": "decision", "block": .integer(head.number), "hash": .string(head.hash.description),
            "time": .integer(head.timestamp), "decision": try json(decision),
        ])
    }

    /// What became of an action.
    public static func outcome(_ outcome: Outcome, at head: BlockHeader) throws -> JSON {
        .object([
            "kind": "outcome", "block": .integer(head.number), "hash": .string(head.hash.description),
            "time": .integer(head.timestamp), "outcome": try json(outcome),
        ])
    }

    /// Any value as JSON with sorted keys.
    public static func json(_ value: some Encodable) throws -> JSON {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try JSONScanner.parse([UInt8](try encoder.encode(value)))
    }
}
