import EthCodec
import EthPrimitives
import EthRPC
import KeeperTestServer
import Synchronization
import TestSupport

/// A node that announces a chain over WebSockets and drops them at the worst moments.
final class LossyNode: Sendable {
    /// When a connection is dropped.
    enum Moment: Int, CaseIterable {
        case betweenHeads, midFrame, closingFrame, withoutAWord, beforeFirstHead, insteadOfSubscribing, duringFill
    }

    let chain = Mutex(BranchingChain())
    /// Drops so far, by moment.
    let drops = Mutex<[Moment: Int]>([:])
    private let refusesSubscription = Mutex(false)
    private let fill = Mutex<Gate?>(nil)

    var dropped: Int { drops.withLock { $0.values.reduce(0, +) } }

    var script: FaultScript {
        FaultScript(TestNode { request throws(TestNode.Refusal) in try self.chain.withLock { $0 }.answer(request) })
            .replying(.reset) { request in
                request.calls.contains { $0.method == "eth_subscribe" } && self.takes(self.refusesSubscription)
            }
            .replying(Reply([.look { _ in self.held }] + Reply.answer.steps), toMethod: "eth_getBlockByHash")
    }

    private func takes(_ flag: borrowing Mutex<Bool>) -> Bool {
        flag.withLock { flag in
            defer { flag = false }
            return flag
        }
    }

    /// A fill that is waited for stops here.
    private var held: [Step] {
        fill.withLock { gate in
            defer { gate = nil }
            return gate.map { [.wait($0)] } ?? []
        }
    }

    /// The next blocks: mostly one, sometimes another branch of up to eight.
    func grow(using random: inout SeededRandom) -> [BlockHeader] {
        let choice = Int.random(in: 0..<40, using: &random)
        let depth = Int.random(in: 1...7, using: &random)
        return chain.withLock { chain in
            switch choice {
            case 0,
                1 where chain.canonical.count > 8:
                return chain.reorganise(depth)
            case 2: return chain.comeBack() ?? chain.extend()
            default: return chain.extend()
            }
        }
    }

    /// Tells all subscribers of some blocks, or only of the last.
    func announce(_ heads: [BlockHeader], onlyLast: Bool, to server: FaultServer) async {
        for head in onlyLast ? heads.suffix(1) : heads[...] { await server.publish("newHeads", ChainNode.json(head)) }
    }

    /// Drops every connection at a moment, and waits until the subscriber's is gone.
    func drop(_ moment: Moment, of server: FaultServer, using random: inout SeededRandom) async throws {
        try await server.subscribed("newHeads")
        let lost = server.lostSubscriptions
        switch moment {
        case .betweenHeads, .beforeFirstHead: await server.resetWebSockets()
        case .withoutAWord: await server.cutWebSockets()
        case .closingFrame: await server.broadcast(opcode: 8, [3, 233])
        case .midFrame: await server.publishHalf("newHeads", ChainNode.json(chain.withLock { $0.extend()[0] }))
        case .insteadOfSubscribing:
            refusesSubscription.withLock { $0 = true }
            await server.resetWebSockets()
        case .duringFill:
            let gate = Gate()
            fill.withLock { $0 = gate }
            // Two heads of which nobody hears, and one on top of them.
            let heads = chain.withLock { chain in (0..<3).flatMap { _ in chain.extend() } }
            await announce(heads, onlyLast: true, to: server)
            try await gate.reached()
            await server.resetWebSockets()
            gate.open()
        }
        // The subscriber may be back before this is asked.
        try await server.lost(lost + 1)
        drops.withLock { $0[moment, default: 0] += 1 }
        switch moment {
        case .beforeFirstHead:
            // Once more, as soon as it is back.
            try await drop(.betweenHeads, of: server, using: &random)
        case .insteadOfSubscribing: drops.withLock { $0[.betweenHeads, default: 0] += 1 }
        default: break
        }
    }
}
