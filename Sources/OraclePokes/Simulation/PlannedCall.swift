import EthChain
import EthCodec
import EthContracts
import EthEVM
import EthPrimitives

/// The call of a plan.
struct PlannedCall: Hashable, Sendable {
    var target: Address
    var data: [UInt8]

    init(target: Address, data: [UInt8]) {
        self.target = target
        self.data = data
    }

    /// The whole MegaPoker, the one call whose data are known before anything is read.
    init(whole contracts: PokeContracts) { self.init(target: contracts.megaPoker, data: MegaPoker.PokeCall().callData) }

    /// An inner call, for people: `spot ETH-A`, `OSM ETH`, or its address.
    static func name(_ call: StarvedCall, _ contracts: PokeContracts, _ facts: PokeFacts) -> String {
        if call.selector == Spotter.PokeCall.selector, call.target == contracts.spotter {
            return "spot \(call.argument?.ascii ?? call.argument?.description ?? "?")"
        }
        if let oracle = facts.oracles.first(where: { $0.address == call.target }) { return "OSM \(oracle.name)" }
        return call.target.description
    }
}
