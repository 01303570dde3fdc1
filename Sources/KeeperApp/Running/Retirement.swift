import EthPrimitives
import EthRPC
import KeeperCore
import KeeperTransactions
import ServiceLifecycle
import Synchronization

/// The end of a keeper: it wishes nothing any more, waits until nothing is in flight, lets every node confirm that, and is paused for ever.
final class Retirement: Service {
    /// Until when a retired keeper is paused, unix seconds: no block is ever stamped so.
    static let forever: UInt64 = 1 << 48

    /// Drains: ends when nothing is in flight, or with a shutdown.
    let loop: KeeperLoop<RetiringKeeper>
    let manager: TransactionManager
    let nodes: NodePool
    private let found = Mutex<Proof?>(nil)

    init(loop: KeeperLoop<RetiringKeeper>, manager: TransactionManager, nodes: NodePool) {
        (self.loop, self.manager, self.nodes) = (loop, manager, nodes)
    }

    /// `nil` while something is in flight.
    var proof: Proof? { found.withLock { $0 } }

    /// What every node says of the account.
    struct Proof: Sendable {
        struct Node: Sendable {
            var label: String
            /// By the newest block, and by the pool.
            var nonce: Nonce
            var pending: Nonce
        }

        var nodes: [Node]
        var balance: Wei

        var isQuiet: Bool { !nodes.isEmpty && nodes.allSatisfy { $0.nonce == $0.pending } && Set(nodes.map(\.nonce)).count == 1 }
    }

    func run() async throws {
        try await loop.run()
        let status = manager.status
        guard status.isIdle, let head = status.head else { return }
        var answers: [Proof.Node] = []
        var balance = Wei.zero
        let account = manager.configuration.account
        for node in nodes.everyNode {
            let nonce = try await node.provider.nonce(of: account, at: .latest)
            answers.append(
                .init(label: node.label, nonce: nonce, pending: try await node.provider.nonce(of: account, at: .pending)))
            balance = try await node.provider.balance(of: account, at: .hash(head.hash))
        }
        let new = Proof(nodes: answers, balance: balance)
        found.withLock { $0 = new }
        guard new.isQuiet else { return }
        try await manager.order(.pause(until: Self.forever))
    }
}

/// A keeper that wants nothing any more.
struct RetiringKeeper: Keeper {
    struct Snapshot: Codable, Sendable {}

    func observe(_ head: BlockHeader, through provider: Provider) async throws -> Snapshot { Snapshot() }

    func decide(_ snapshot: Snapshot, _ memory: inout NoMemory) -> Decision {
        Decision(notes: [Note("retiring", "retiring: nothing is wanted any more")])
    }

    func nextWake(after head: BlockHeader) -> UInt64 { head.timestamp + 1 }
}
