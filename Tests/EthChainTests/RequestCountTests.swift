import EthChain
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import Testing

/// How many requests a simulation costs, over a MegaPoker whose four oracles become due while it is looked at.
@Suite("Requests of a simulation") struct RequestCountTests {
    /// In the next hour, which begins 5 seconds after the state's block.
    private static func rehearsal(_ world: OracleWorld, pattern: AccessPattern = AccessPattern()) -> Rehearsal {
        Rehearsal([world.poke()], in: .nextBlock(BlockOverrides(time: world.time + 12)), pattern: pattern)
    }

    /// What a machine says that knows all the state.
    private static func truth(_ world: OracleWorld, _ environment: BlockEnvironment) throws -> ExecutionResult {
        try EVM(environment, reader: world.state).execute(world.poke(), checks: .call, tracing: true)
    }

    @Test("A cold one with a node's access list takes at most four, and is exact")
    func coldWithList() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world)
        let rehearsed = try await node.simulator().run(Self.rehearsal(world), at: world.block)
        #expect(node.requests == rehearsed.requests)
        #expect(rehearsed.requests <= 4, "\(node.methods.map(\.count))")
        print("cold with list", node.methods.map(\.count))
        #expect(rehearsed.transactions[0].result == (try Self.truth(world, rehearsed.environment)))
        #expect(rehearsed.transactions[0].result.logs.count == 4 * 2 + 9 * 2)
        #expect(node.methods[0].contains("eth_createAccessList"))
    }

    @Test("A cold one without any list takes at most eight, and is exact")
    func coldWithoutList() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world, missing: ["eth_createAccessList"])
        let simulator = node.simulator()
        let rehearsed = try await simulator.run(Self.rehearsal(world), at: world.block)
        #expect(rehearsed.requests <= 8, "\(node.methods.map(\.count))")
        print("cold without list", node.methods.map(\.count))
        #expect(rehearsed.transactions[0].result == (try Self.truth(world, rehearsed.environment)))
        // That the method is missing is learned once.
        #expect(node.methods.joined().count { $0 == "eth_createAccessList" } == 1)
        _ = try await simulator.run(Self.rehearsal(world), at: world.block)
        #expect(node.methods.joined().count { $0 == "eth_createAccessList" } == 1)
    }

    @Test("A warm one takes exactly one, also where another branch was taken the last time")
    func warm() async throws {
        var world = try OracleWorld.ready()
        let node = MemoryNode(world)
        let simulator = node.simulator()
        var pattern = try await simulator.run(Self.rehearsal(world), at: world.block).pattern
        // Poked by somebody else: nothing is due, other slots are read; then the next hour.
        for due in [false, false, true] {
            if due { world.time += OracleWorld.hour - 12 } else { try world.mine(world.poke(), at: world.time + 12) }
            try node.change { [world] in $0.world = world }
            node.forgetRequests()
            let rehearsed = try await simulator.run(Self.rehearsal(world, pattern: pattern), at: world.block)
            #expect(node.requests == 1 && rehearsed.requests == 1)
            #expect(rehearsed.transactions[0].result == (try Self.truth(world, rehearsed.environment)))
            pattern = rehearsed.pattern
        }
        // Of the contracts it is kept; sender and fee recipient have none, which may change.
        #expect(node.methods.joined().count { $0 == "eth_getCode" } == 2)
    }

    @Test("None of its own where the caller's batch carried what it reads")
    func carried() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world)
        let simulator = node.simulator()
        let pattern = try await simulator.run(Self.rehearsal(world), at: world.block).pattern
        node.forgetRequests()
        let rehearsal = Self.rehearsal(world, pattern: pattern)
        var batch = ReadBatch(at: .hash(world.block.hash))
        let own = batch.storage(world.address("PIP_ETH"), slot: 2)
        let reads = try simulator.prefetch(rehearsal, at: world.block, in: &batch)
        let answers = try await node.provider.send(batch)
        let state = try simulator.state(at: world.block, reads, from: answers)
        let rehearsed = try await simulator.run(rehearsal, on: state)
        #expect(rehearsed.requests == 0 && node.requests == 1)
        #expect(rehearsed.transactions[0].result == (try Self.truth(world, rehearsed.environment)))
        #expect(try answers.value(of: own) != B256())
    }
}
