import KeeperTransactions
public import EthCodec
public import EthPrimitives
public import EthRPC
import EthTransactions
import FoundationEssentials

/// Records of the decision log.
public enum JournalRecord {
    /// What a process begins with: who it is, and all that its decisions follow from besides the facts.
    /// - Parameters:
    ///   - config: digest of the configuration as far as decisions depend on it.
    ///   - setup: what the keeper looked up before its first head.
    public static func start(
        version: String, program: String, name: String, account: Address?, config: B256, setup: some Encodable,
        at head: BlockHeader
    ) throws -> JSON {
        .object([
            "kind": "start", "block": .integer(head.number), "hash": .string(head.hash.description),
            "time": .integer(head.timestamp), "version": .string(version), "keeper": .string(program), "name": .string(name),
            "account": account.map { .string($0.description) }, "config": .string(config.description), "setup": try json(setup),
        ])
    }

    /// What people were told of transactions in flight.
    static func alert(_ alert: TransactionAlert, at head: BlockHeader?) -> JSON {
        .object([
            "kind": "alert", "block": head.map { .integer($0.number) }, "hash": head.map { .string($0.hash.description) },
            "time": head.map { .integer($0.timestamp) }, "alert": .string(alert.text),
        ])
    }

    /// What an operator asked for, and what came of it.
    public static func order(_ order: String, answer: String, at head: BlockHeader) -> JSON {
        .object([
            "kind": "order", "block": .integer(head.number), "hash": .string(head.hash.description),
            "time": .integer(head.timestamp), "order": .string(order), "answer": .string(answer),
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

    /// A value from its JSON; `nil` if it is of another form.
    public static func value<T: Decodable>(_ type: T.Type, from json: JSON?) -> T? {
        // Records of another version may have other members.
        json.flatMap { try? JSONDecoder().decode(type, from: Data(JSONWriter.bytes(of: $0))) }  // see above
    }

    /// Any value as JSON with sorted keys.
    public static func json(_ value: some Encodable) throws -> JSON {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try JSONScanner.parse([UInt8](try encoder.encode(value)))
    }
}
