import EthCodec
import EthPrimitives
import EthRPC
import KeeperTransactions

extension JournalRecord {
    /// The final outcome of an intent's try: written together with the record of it.
    static func final(_ settlement: Settlement, at head: BlockHeader?) throws -> JSON {
        var members: [JSON.Member] = [
            .init("kind", "final"), .init("intent", try json(settlement.key.id)),
            .init("attempt", .integer(settlement.key.attempt)), .init("outcome", try json(settlement.outcome)),
            .init("cost", try json(settlement.cost)), .init("time", .integer(settlement.time)),
        ]
        if let nonce = settlement.nonce { members.append(.init("nonce", .integer(nonce))) }
        if let head {
            members += [.init("block", .integer(head.number)), .init("hash", .string(head.hash.description))]
        }
        return .object(members)
    }
}
