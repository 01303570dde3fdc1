import EthPrimitives
import OraclePokes
import Testing

@Suite struct PokeExecutionTests {
    @Test(
        "The larger need is ours with what the node says on top, and saturates",
        arguments: [(0, 358_964), (1_000, 359_964), (.max, .max)] as [(Gas, Gas)])
    func larger(excess: Gas, need: Gas) {
        var execution = PokeExecution(
            callHash: B256(), gasUsed: 358_702, succeedsFrom: 342_162, needs: 358_964, starved: [], requests: 0)
        #expect(execution.largerNeed == 358_964)
        execution.node = .init(method: "eth_simulateV1", gas: 1, ownGas: 1, agrees: excess == 0, excess: excess)
        #expect(execution.largerNeed == need)
    }
}
