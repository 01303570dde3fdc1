import EthPrimitives
import OraclePokes

/// A poke with the state that it was priced on: enough to execute it again on another machine.
struct PokeRecord: Sendable {
    var strategy: String
    var poke: PricedPoke
    var call: PokeCall
    var world: StudyWorld
    var contracts: PokeContracts
}
