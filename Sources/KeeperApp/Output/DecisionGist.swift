import EthPrimitives
import KeeperCore
import KeeperTransactions

/// What makes a decision a new one: its reasons, and what would be done. Fees and gas go up and down from block to block.
struct DecisionGist: Hashable, Sendable {
    /// Codes of the notes, with what they are about.
    var reasons: [String]
    /// What is wanted.
    var deeds: [String]

    init(_ decision: Decision) {
        reasons = decision.notes.map { $0.code + ($0.subject.map { " \($0)" } ?? "") }
        deeds = decision.actions.map { action in
            switch action {
            case .transact(let intent): "\(intent.id) \(intent.to)"
            case .alert(let alert): "alert \(alert.key)"
            case .record(let sample): "sample \(sample.name)"
            }
        }
    }
}

extension Decision {
    /// What it wants, in a few words.
    var deed: String {
        let wishes = actions.compactMap { action -> String? in
            guard case .transact(let intent) = action else { return nil }
            return "\(intent.id), gas limit \(Table.grouped(intent.gasLimit))"
        }
        return wishes.isEmpty ? "nothing" : wishes.joined(separator: "; ")
    }
}
