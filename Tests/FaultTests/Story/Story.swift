import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperTestServer

/// A keeper's life over a few heads, and what goes wrong in it. The first head is a block before the hour: nothing is to be done. With
/// the second one a poke is due; then it is mined, and confirmed. Between two looks for a head comes a step.
struct Story: Sendable {
    /// A node of it, and how it fails.
    struct Node: Sendable {
        var label: String
        var oddities = ChainNode.Oddities()
        /// Adds the faults to its script.
        var faults: @Sendable (FaultScript, ChainWorld) -> FaultScript = { script, _ in script }
        var isSocket = false
        /// Nobody listens there.
        var isAbsent = false
    }

    typealias Step = @Sendable (Stage) async throws -> Void

    var nodes: [Node]
    var quorum = 1
    var steps: [Step] = [due, next, next]
    /// Blocks below the first head.
    var history: UInt64 = 0
    /// What goes on beside the keeper, such as time.
    var meanwhile: Step?
    var policy = SpendingPolicy(
        maxFeePerGas: .gwei(30), maxGasLimit: 500_000, maxSpendPerTransaction: .gwei(3_000_000),
        maxSpendPerDay: .gwei(100_000_000),
        bumpAfterBlocks: 4, confirmations: 10)
    var signer: any Signer = LocalSigner(Story.key)
    /// Where the decision log is; `nil` for nowhere.
    var journal: (@Sendable () throws -> Journal)?
    /// Largest answer that is taken.
    var maximumBytes = 64 << 20

    // swift-format-ignore: NeverUseForceTry
    static let key = try! PrivateKey([UInt8](repeating: 7, count: 32))

    /// The block of the hour, and the fault of the story from then on.
    static let due: Step = { stage in
        stage.world.mine()
        stage.world.fallIll()
    }
    static let next: Step = { $0.world.mine() }
}

extension Story {
    /// Two nodes, of which the first has faults while it is ill.
    static func pair(_ reply: Reply, when fits: @escaping @Sendable (ServerRequest) -> Bool = { _ in true }) -> Story {
        Story(nodes: [.ill("a", reply, when: fits), .init(label: "b")])
    }

    /// One node that has faults while it is ill; by default only where the keeper observes.
    static func alone(_ reply: Reply, when fits: @escaping @Sendable (ServerRequest) -> Bool = { $0.isBatch }) -> Story {
        Story(nodes: [.ill("a", reply, when: fits)])
    }

    /// Nodes without faults but for their oddities.
    static func odd(_ oddities: ChainNode.Oddities...) -> Story {
        Story(nodes: zip(["a", "b", "c"], oddities).map { Node(label: $0, oddities: $1) })
    }

    func stepping(_ steps: [Step]) -> Story {
        var copy = self
        copy.steps = steps
        return copy
    }

    func beside(_ meanwhile: @escaping Step) -> Story {
        var copy = self
        copy.meanwhile = meanwhile
        return copy
    }
}

extension Story.Node {
    static func ill(_ label: String, _ reply: Reply, when fits: @escaping @Sendable (ServerRequest) -> Bool = { _ in true })
        -> Self
    {
        Self(label: label, faults: { script, world in script.replying(reply) { world.isIll && $0.kind != .upgrade && fits($0) } })
    }
}

extension ServerRequest {
    func has(_ method: String) -> Bool { calls.contains { $0.method == method } }
    var isBroadcast: Bool { has("eth_sendRawTransaction") }
}
