import EthCodec
import EthPrimitives
import EthRPC
import KeeperCore

/// What the nodes mean for one keeper.
struct KeeperCheckup: Sendable {
    var name: String
    /// How many nodes must agree before something is sent.
    var quorum: Int
    /// The account that signs, or that simulations name; `nil` where none is configured.
    var account: Address?
    /// Where its key is, for people; `nil` without a signer.
    var signer: String?
    var balance: Wei?
    /// The block that was decided at; `nil` if there is no node to ask.
    var head: BlockHeader?
    var opinions: [Opinion] = []

    var text: String {
        var lines = ["\(name) · quorum \(quorum)" + (account.map { " · account \($0)" } ?? " · no account")]
        if let balance { lines[0] += " holding \(balance.fixed(18, places: 6)) ETH" }
        if let signer { lines[0] += " · \(signer)" }
        guard let head else { return lines[0] }
        lines.append("at block \(head.number) \(head.hash) it would send")
        let width = opinions.map(\.endpoint.count).max() ?? 0
        for opinion in opinions {
            let label = opinion.endpoint + String(repeating: " ", count: width - opinion.endpoint.count)
            let reason = opinion.reason.map { " · \($0.code): \($0.text)" } ?? ""
            lines.append("  by \(label)  \(opinion.deed)\(reason) · \(opinion.reads.count) reads")
        }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        .object([
            "name": .string(name), "quorum": .integer(quorum), "account": account.map { .string("\($0)") },
            "signer": signer.map { .string($0) },
            "balanceWei": balance.map { .string("\($0.rawValue)") }, "block": head.map { .integer($0.number) },
            "hash": head.map { .string($0.hash.description) }, "opinions": .array(opinions.map(\.json)),
        ])
    }
}
