import EthCodec
import EthPrimitives
import EthRPC
import KeeperTesting

@testable import KeeperCore
@testable import Simulation

/// The way to a node of the world, with its delays and losses.
struct WorldNode: Transport {
    let chain: WorldChain
    /// `nil` for a balancer, which asks another node for each request.
    let index: Int?
    /// The process that asks.
    let life: Int

    private enum Fate { case answered, requestLost, replyLost }

    func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let isBroadcast = batch.contains { $0.method == "eth_sendRawTransaction" }
        let (delay, fate) = chain.with { state -> (Duration, Fate) in
            let faults = state.faults
            let isSlow = faults.readFailure > 0 && state.dice.happens(faults.readFailure / 8)
            let delay: Duration =
                isSlow
                ? .milliseconds(state.dice.from(1_000, to: 12_000))
                : state.dice.happens(250) ? .milliseconds(state.dice.from(1, to: 400)) : .zero
            let (lost, silent) = (faults.lostRequest, faults.lostReply)
            // Broadcasts are lost more often than reads.
            if state.dice.happens(isBroadcast ? lost : lost / 20) { return (delay, .requestLost) }
            return (delay, state.dice.happens(isBroadcast ? silent : silent / 20) ? .replyLost : .answered)
        }
        if delay > .zero { try await chain.clock.sleep(until: chain.clock.now.advanced(by: delay)) }
        guard chain.isAlive(life) else { throw CancellationError() }
        if fate == .requestLost {
            if isBroadcast { for request in batch { chain.loseOnTheWay(request, index, life) } }
            throw RPCError(.connectionLost, "the connection broke")
        }
        // A balancer mostly stays with one node.
        let usual = chain.with { $0.dice.below($0.world.nodes.count) }
        let responses = try batch.map { request in
            let other = chain.with { $0.dice.happens(150) ? $0.dice.below($0.world.nodes.count) : nil }
            let node = index ?? other ?? usual
            do {
                return try Self.response(request.id, "result", try chain.answer(request, node))
            } catch let error as RPCError {
                guard case .node(let code, _) = error.code else { throw error }
                return try Self.response(
                    request.id, "error", .object(["code": .integer(code), "message": .string(error.message)]))
            }
        }
        if fate == .replyLost { throw RPCError(.connectionLost, "the connection broke") }
        return responses
    }

    private static func response(_ id: UInt64, _ name: String, _ value: JSON) throws(RPCError) -> RPCResponse {
        let json = JSON.object([JSON.Member("jsonrpc", "2.0"), JSON.Member("id", .integer(id)), JSON.Member(name, value)])
        return try RPCResponse(parsing: JSONWriter.bytes(of: json)[...])
    }
}

/// All nodes of the world behind the real pool, as one process sees them.
struct WorldNodes: TransactionNodes {
    let pool: NodePool
    let chain: WorldChain

    init(_ chain: WorldChain, life: Int) {
        self.chain = chain
        let count = chain.with { $0.world.nodes.count }
        let members = (0..<count).map { index in
            PoolNode("node \(index)", WorldNode(chain: chain, index: index == 0 && chain.isBalanced ? nil : index, life: life))
        }
        pool = NodePool(
            members, chainID: 1, settings: PoolSettings(coolDown: .seconds(20)), clock: RPCClock(chain.clock), random: { 0 })
    }

    var everyNode: [NodeView] { pool.everyNode }

    func view(at head: BlockHeader, besides asked: Set<String>) -> NodeView? { pool.view(at: head, besides: asked) }

    func broadcast(_ signed: [UInt8]) async throws -> BroadcastReport {
        var report = try await pool.broadcast(signed)
        guard chain.mutant == .lostReplyIsUnsent else { return report }
        report.outcomes = report.outcomes.map { entry in
            guard case .noAnswer = entry.outcome else { return entry }
            return (entry.endpoint, .noAnswer(RPCError(.unreachable, "no connection")))
        }
        return report
    }
}
