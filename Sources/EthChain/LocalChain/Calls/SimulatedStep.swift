import EthRPC

/// A block that `eth_simulateV1` is asked for.
struct SimulatedStep {
    var overrides = BlockOverrides()
    var accounts: StateOverrides = [:]
    var calls: [CallArguments] = []
}
