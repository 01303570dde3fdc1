import EthPrimitives
import EthRPC
import OraclePokes

/// What the poker knows at one block.
struct PokerSnapshot: PokeSnapshot {
    var head: BlockHeader
    var facts: PokeFacts
    /// `nil` where only guards were read, because nothing was due.
    var fees: FeeFacts?
    /// The node's estimate of the planned call at the time of inclusion; `nil` if it was not asked or gave none.
    var simulatedGas: Gas?
    /// Why the node gave no estimate.
    var simulationProblem: String?
}
