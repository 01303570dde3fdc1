import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import EthChain

/// Our figures beside a node's.
@Suite("Second opinion") struct SecondOpinionTests {
    private static func rehearsed(_ node: MemoryNode, _ world: OracleWorld) async throws -> (Simulator, Rehearsed) {
        let simulator = node.simulator()
        let rehearsal = Rehearsal([world.poke(gas: 16_000_000)], in: .nextBlock(BlockOverrides(time: world.time + 12)))
        return (simulator, try await simulator.run(rehearsal, at: world.block))
    }

    @Test(
        "The node is asked by the best way that it has, and agrees",
        arguments: [
            ([], .simulate, 358_702), (["eth_simulateV1"], .estimate, 362_647),
            (["eth_simulateV1", "eth_estimateGas"], .trace, 358_702),
        ] as [([String], NodeOpinion.Method, Gas)])
    func ways(_ missing: [String], _ method: NodeOpinion.Method, _ gas: Gas) async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world, missing: Set(missing))
        let (simulator, rehearsed) = try await Self.rehearsed(node, world)
        let opinion = try await simulator.secondOpinion(on: rehearsed, limits: Self.limits(rehearsed))
        #expect(opinion.node == NodeOpinion(method, succeeded: true, gas: gas))
        #expect(opinion.agrees && opinion.limit == 358_964)
        #expect(opinion.largerLimit == (method == .estimate ? 362_647 : 358_964))
        // What is missing is not asked for again.
        node.forgetRequests()
        _ = try await simulator.secondOpinion(on: rehearsed)
        #expect(node.methods == [[method.rawValue]])
    }

    @Test("A node that can do none of it says so with a reason for each way")
    func silence() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world, missing: ["eth_simulateV1", "debug_traceCall"])
        try node.change { $0.answers["eth_estimateGas"] = "nonsense" }
        let (simulator, rehearsed) = try await Self.rehearsed(node, world)
        do {
            _ = try await simulator.secondOpinion(on: rehearsed)
            Issue.record("expected no opinion")
        } catch let silence as NodeSilence {
            #expect(silence.reasons[.simulate] == .methodMissing && silence.reasons[.trace] == .methodMissing)
            guard case .refused = silence.reasons[.estimate] else {
                Issue.record("\(silence)")
                return
            }
            #expect("\(silence)".contains("eth_simulateV1: not offered; eth_estimateGas: "))
        }
    }

    @Test("A difference is told with its size, and the larger limit covers it")
    func differences() throws {
        let ours = try Self.ours(gasUsed: 300_000, succeeded: true)
        let dearer = SecondOpinion(ours, node: NodeOpinion(.simulate, succeeded: true, gas: 300_100))
        #expect(dearer.difference == .gas(100) && dearer.largerLimit == 300_100)
        let cheaper = SecondOpinion(ours, node: NodeOpinion(.trace, succeeded: true, gas: 299_999))
        #expect(cheaper.difference == .gas(-1) && cheaper.largerLimit == 300_000)
        let failing = SecondOpinion(ours, node: NodeOpinion(.simulate, succeeded: false, gas: 25_000, failure: "reverted"))
        #expect(failing.difference == .status && failing.largerLimit == 300_000)
        // Before the hour an estimate is far below: too low is what it is not without limits to compare with.
        let high = SecondOpinion(ours, node: NodeOpinion(.estimate, succeeded: true, gas: 320_000))
        #expect(high.difference == .gas(20_000) && high.largerLimit == 320_000)
        #expect(SecondOpinion(ours, node: NodeOpinion(.estimate, succeeded: true, gas: 304_500)).agrees)
        let agreedFailure = SecondOpinion(
            try Self.ours(gasUsed: 26_000, succeeded: false),
            node: NodeOpinion(.estimate, succeeded: false, gas: nil, failure: "reverted"))
        #expect(agreedFailure.agrees)
    }

    @Test("An estimate from before the hour is below every limit that works")
    func tooEarly() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world, missing: ["eth_simulateV1"])
        let (simulator, rehearsed) = try await Self.rehearsed(node, world)
        // A node that takes the block's time for granted and ignores ours.
        try node.change { $0.answers["eth_estimateGas"] = Quantity.encode(Gas(237_366)) }
        let opinion = try await simulator.secondOpinion(on: rehearsed, limits: Self.limits(rehearsed))
        #expect(opinion.difference == .gas(237_366 - 358_964) && opinion.largerLimit == 358_964)
    }

    @Test("A transaction behind others is asked about only where the node can see them")
    func sequence() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world, missing: ["eth_simulateV1"])
        let rehearsal = Rehearsal([world.poke(), world.poke()])
        await #expect(throws: NodeSilence([.simulate: .methodMissing, .estimate: .sequence, .trace: .sequence])) {
            _ = try await node.simulator().nodeOpinion(of: rehearsal, 1, on: world.block)
        }
    }

    /// As they are found in other tests.
    private static func limits(_ rehearsed: Rehearsed) -> SmallestLimits {
        SmallestLimits(
            ample: rehearsed.transactions[0].result, succeeding: 342_162, allEffects: 358_964, starved: [], isMonotone: true,
            executions: 0)
    }

    /// A result of our own machine, made up.
    private static func ours(gasUsed: Gas, succeeded: Bool) throws -> RehearsedTransaction {
        let transaction = EVMTransaction(sender: OracleWorld.keeper, recipient: .zero, gasLimit: 1_000_000)
        var result = try EVM(
            BlockEnvironment(chainID: 1, fork: .prague, number: 1, timestamp: 1), reader: MemoryState()
        ).execute(transaction, checks: .call)
        result.gasUsed = gasUsed
        result.gasSpent = gasUsed
        result.outcome = succeeded ? .succeeded : .reverted
        return RehearsedTransaction(transaction, result, BlockEnvironment(chainID: 1, fork: .prague, number: 1, timestamp: 1))
    }

    @Test("Gas that no block has saturates", arguments: NodeOpinion.Method.allCases)
    func absurd(_ method: NodeOpinion.Method) async throws {
        let world = try OracleWorld.ready()
        let (_, rehearsed) = try await Self.rehearsed(MemoryNode(world), world)
        let opinion = SecondOpinion(
            rehearsed.transactions[0], limits: Self.limits(rehearsed),
            node: NodeOpinion(method, succeeded: true, gas: .max))
        #expect(!opinion.agrees && opinion.largerLimit == .max)
    }
}
