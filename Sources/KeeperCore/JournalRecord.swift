import KeeperTransactions
public import EthCodec
import EthPrimitives
public import EthRPC
import EthTransactions
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

    /// What other nodes say about a decision that would spend.
    static func quorum(_ verdict: QuorumVerdict, at head: BlockHeader) throws -> JSON {
        .object([
            "kind": "quorum", "block": .integer(head.number), "hash": .string(head.hash.description),
            "time": .integer(head.timestamp), "quorum": try json(verdict),
        ])
    }

    /// A signed attempt, written before its first byte is sent. The signed bytes are no secret.
    static func attempt(_ attempt: Attempt, of intent: TransactionIntent, nonce: Nonce, at head: BlockHeader) throws -> JSON {
        .object([
            "kind": "attempt", "intent": try json(intent), "nonce": .integer(nonce), "hash": .string(attempt.hash.description),
            "fees": try json(attempt.fees), "raw": .string(Hex.encode(attempt.signed)), "block": .integer(head.number),
            "time": .integer(head.timestamp),
        ])
    }

    /// A value from its JSON; `nil` if it is of another form.
    static func value<T: Decodable>(_ type: T.Type, from json: JSON?) -> T? {
        // Records of another version may lack fields; they are then not resumed.
        json.flatMap { try? JSONDecoder().decode(type, from: Data(JSONWriter.bytes(of: $0))) }  // see above
    }

    /// Any value as JSON with sorted keys.
    public static func json(_ value: some Encodable) throws -> JSON {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try JSONScanner.parse([UInt8](try encoder.encode(value)))
    }
}
