import EthChain
import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import Testing

/// The two limits of a MegaPoker of which everything is due, against what Tests/Contracts/README.md measured on another machine.
@Suite("Smallest gas limits") struct SmallestLimitTests {
    private static func limits(
        _ world: OracleWorld, effects: Effects = .callsAndLogs
    ) async throws -> (rehearsed: Rehearsed, limits: SmallestLimits, node: MemoryNode) {
        let node = MemoryNode(world)
        let simulator = node.simulator()
        let rehearsal = Rehearsal([world.poke(gas: 16_000_000)], in: .nextBlock(BlockOverrides(time: world.time + 12)))
        let rehearsed = try await simulator.run(rehearsal, at: world.block)
        node.forgetRequests()
        return (rehearsed, try await simulator.smallestLimits(of: rehearsed, effects: effects), node)
    }

    @Test("Between them the last collateral type starves; both are exact to the unit")
    func starvation() async throws {
        let world = try OracleWorld.ready()
        let (rehearsed, limits, node) = try await Self.limits(world)
        #expect(rehearsed.transactions[0].result.gasUsed == 358_702)
        #expect(limits.succeeding == 342_162)
        #expect(limits.allEffects == 358_964)
        #expect(limits.isMonotone)
        #expect(node.requests == 0, "a search sends nothing")
        let starved = try #require(limits.starved.first)
        #expect(limits.starved.count == 1)
        #expect(starved.target == world.address("SPOT") && starved.path == [12])
        #expect(starved.selector?.bytes == Array(call("poke(bytes32)")))
        #expect(starved.argument?.ascii == "LSEV2-SKY-A")
        #expect(starved.gasGiven < starved.gasWanted && !starved.outcome.succeeded)
        for (limit, succeeds, logs) in [
            (342_161, false, 0), (342_162, true, 24), (358_963, true, 24), (358_964, true, 26),
        ] as [(Gas, Bool, Int)] {
            var transaction = world.poke()
            transaction.gasLimit = limit
            let result = try EVM(rehearsed.environment, reader: world.state).execute(transaction, checks: .call)
            #expect(result.succeeded == succeeds && result.logs.count == logs, "at \(limit): \(result.logs.count) logs")
        }
    }

    @Test("With a refund the limit lies above the gas used, by the refund and more")
    func refund() async throws {
        var world = try OracleWorld.ready()
        try world.send("PIP_WSTETH", call("void()"))
        let (rehearsed, limits, _) = try await Self.limits(world)
        let result = rehearsed.transactions[0].result
        #expect(result.gasUsed == 315_335 && result.gasRefunded == 9_600)
        let needed = try #require(limits.allEffects)
        #expect(needed > result.gasUsed + result.gasRefunded && needed < result.gasUsed + result.gasRefunded + 400)
        #expect(limits.starved.map(\.argument?.ascii) == ["LSEV2-SKY-A"])
        #expect(try #require(limits.windowOfStarvation).contains(result.gasUsed), "the gas used is not enough")
    }

    @Test("A call that fails whatever it is given has no limits, and the result says why")
    func failing() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world)
        var poke = world.poke()
        poke.recipient = world.address("PIP_ETH")
        let rehearsal = Rehearsal([poke], in: .nextBlock(BlockOverrides(time: world.time + 1)))
        let rehearsed = try await node.simulator().run(rehearsal, at: world.block)
        #expect(rehearsed.transactions[0].revertReason == .message("OSM/not-passed"))
        let limits = try await node.simulator().smallestLimits(of: rehearsed)
        #expect(limits.succeeding == nil && limits.allEffects == nil && limits.starved.isEmpty)
        #expect(limits.ample.outcome == .reverted)
    }

    @Test("Effects may be less than everything: here the four oracles alone")
    func ownEffects() async throws {
        let world = try OracleWorld.ready()
        let oracles = Set(OracleWorld.assets.map { world.address("PIP_\($0)") })
        let effects = Effects { result, _ in Set(result.logs.map(\.address)).isSuperset(of: oracles) }
        let limits = try await Self.limits(world, effects: effects).limits
        #expect(limits.allEffects == limits.succeeding && limits.starved.isEmpty)
    }

    @Test("A transaction behind others is searched on what they left")
    func sequence() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world)
        let simulator = node.simulator()
        let rehearsal = Rehearsal(
            [world.poke(), world.poke(gas: 16_000_000)], in: .nextBlock(BlockOverrides(time: world.time + 12)))
        let rehearsed = try await simulator.run(rehearsal, at: world.block)
        #expect(rehearsed.transactions.map(\.result.gasUsed) == [358_702, 231_134])
        let limits = try await simulator.smallestLimits(of: rehearsed, 1)
        #expect(limits.ample.gasUsed == 231_134 && limits.allEffects.map { $0 < 232_000 } == true)
        await #expect(throws: SimulatorError.noTransaction(index: 2)) {
            _ = try await simulator.smallestLimits(of: rehearsed, 2)
        }
    }
}
