import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTestServer
import Synchronization

/// What a transaction manager asks beside.
extension ChainNode {
    /// A block by number or name, `null` above the head.
    func block(named name: String, isWhole: Bool) -> JSON {
        let head = head
        var block: ChainWorld.Block?
        switch name {
        case "latest": return Self.json(head)
        case "finalized": block = world.block(head.number - min(head.number, UInt64(world.finality)))
        default:
            guard let number = Quantity.parse(name)?.asUInt64, number <= head.number else { return .null }
            if number == head.number, !isWhole { return Self.json(head) }
            block = world.block(number)
        }
        guard let block else { return .null }
        let header = Self.json(block.header)
        guard isWhole else { return header }
        let transactions = block.mined.map { hash in
            JSON.object([
                "hash": .string(hash.description), "from": .string(Story.key.address.hex),
                "nonce": world.transaction(hash).map { Quantity.encode($0.nonce) },
            ])
        }
        return .object((header.members ?? []) + [.init("transactions", .array(transactions))])
    }

    /// What it knows of a transaction: mined, in its pool, or nothing.
    func transaction(_ hash: TransactionHash) -> JSON {
        let block = world.block(with: hash, upTo: head.number)
        guard block != nil || state.withLock({ $0.pool.contains(hash) }) else { return .null }
        return .object([
            .init("hash", .string(hash.description)),
            .init("blockHash", block.map { .string($0.header.hash.description) } ?? .null),
        ])
    }

    /// The pool's transactions, all of them of the one account.
    var queue: JSON {
        let waiting = state.withLock { $0.pool }.filter { world.block(with: $0, upTo: head.number) == nil }
        let members = waiting.compactMap { hash in
            world.transaction(hash).map { JSON.Member("\($0.nonce)", .object(["hash": .string(hash.description)])) }
        }
        return .object([.init("pending", .object(members)), .init("queued", .object([JSON.Member]()))])
    }

    func history(_ request: RPCRequest) throws -> JSON {
        guard let newest = Quantity.parse(request.params[1].string ?? "")?.asUInt64,
            let count = Quantity.parse(request.params[0].string ?? "")?.asUInt64, newest <= head.number
        else { throw TestNode.Refusal(-32000, "request beyond head block") }
        let rows = world.chain.filter { $0.header.number <= newest && $0.header.number + count > newest }
        guard let first = rows.first, let last = rows.last else { throw TestNode.Refusal(-32000, "header not found") }
        let fees = (rows + [last]).map { Quantity.encode($0.price.baseFeePerGas.rawValue) }
        return .object([
            .init("oldestBlock", Quantity.encode(first.header.number)), .init("baseFeePerGas", .array(fees)),
            .init(
                "reward",
                .array(rows.map { .array(Array(repeating: Quantity.encode($0.price.priorityFeePerGas.rawValue), count: 3)) })),
        ])
    }
}

extension ChainWorld {
    /// The chain's block of that height.
    func block(_ number: UInt64) -> Block? { chain.last { $0.header.number == number } }
}
