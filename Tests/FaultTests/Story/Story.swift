import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperStore
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
    var steps: [Step] = [due, next, next, next]
    /// Blocks below a head that are not final.
    var finality = 2
    /// What goes on beside the keeper, such as time.
    var meanwhile: Step?
    var policy = SpendingPolicy(
        maxFeePerGas: .gwei(30), maxGasLimit: 500_000, maxSpendPerTransaction: .gwei(3_000_000),
        maxSpendPerDay: .gwei(100_000_000),
        bumpAfterBlocks: 4, confirmations: 10)
    /// Stands behind the policy.
    var signer: @Sendable () throws -> any Signer = { LocalSigner(Story.key) }
    /// A signer in another process, behind TLS, instead.
    var remoteSigner: FaultScript?
    /// The store begins with what an account had that was adopted long ago; else it is empty.
    var isAdopted = true
    var store: @Sendable (_ path: String) throws -> SQLiteStore = { try SQLiteStore(path: $0) }
    /// What stands between the manager and the store.
    var disk: @Sendable (any Store) -> any Store = { $0 }
    /// Where the decision log is; by default in a file of the story's folder.
    var journal: @Sendable (_ folder: String) throws -> Journal = { try Journal(path: $0 + "/journal.ndjson") }
    /// Largest answer that is taken.
    var maximumBytes = 64 << 20

    static let keyBytes = Keccak256.hash(Array("the key of the story".utf8)).bytes
    // swift-format-ignore: NeverUseForceTry
    static let key = try! PrivateKey(keyBytes)

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
