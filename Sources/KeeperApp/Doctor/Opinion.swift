import EthCodec
import EthPrimitives
import KeeperCore
import KeeperTransactions

/// What a keeper would do by the facts of one node.
struct Opinion: Sendable {
    /// The node's name.
    var endpoint: String
    /// What would be sent.
    var wishes: [QuorumVerdict.Wish]
    /// Wei that the transactions would reserve.
    var reserved: Wei
    /// Why, or why not: the decision's first note.
    var reason: Note?
    /// The facts, as JSON.
    var facts: JSON
    var reads: [HeardRead]

    init(_ endpoint: String, _ decision: Decision, facts: JSON, reads: [HeardRead]) {
        self.endpoint = endpoint
        wishes = QuorumVerdict.Wish.all(in: decision)
        reserved = decision.actions.reduce(Wei.zero) { sum, action in
            if case .transact(let intent) = action { sum + intent.reserved } else { sum }
        }
        reason = decision.notes.first
        self.facts = facts
        self.reads = reads
    }

    /// What would be sent, for people.
    var deed: String { wishes.isEmpty ? "nothing" : wishes.map(\.description).joined(separator: ", ") }

    var json: JSON {
        let sends = wishes.map { wish in
            JSON.object(["id": .string("\(wish.id)"), "to": .string(wish.to), "data": .string(wish.data)])
        }
        return .object([
            "endpoint": .string(endpoint), "transactions": .array(sends),
            "reason": reason.map { .object(["code": .string($0.code), "text": .string($0.text)]) },
            "reads": .integer(reads.count), "facts": facts,
        ])
    }
}
