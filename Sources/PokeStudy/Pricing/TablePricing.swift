import EthEVM
import EthPrimitives
import EthTransactions
import OraclePokes

/// Prices by branches and increments that were measured on a real geth with the real contracts (`PokeGasModel`), access lists included. The
/// calls are executed on the scenario's contracts all the same: what they touch, and what they do, comes from there.
struct TablePricing: PokePricing {
    let model: PokeGasModel
    private var machine: MachinePricing

    init(_ scenario: PokeScenario, _ model: PokeGasModel) {
        self.model = model
        machine = MachinePricing(scenario)
    }

    var counts: PricingCounts { machine.counts }

    mutating func price(_ call: PokeCall, _ world: StudyWorld, at moment: PokeMoment) throws(ScenarioError) -> PokePrice {
        let gas = model.gas(of: call.plan, world.facts.effects(at: moment.time))
        return PokePrice(
            gasUsed: gas.used, needs: gas.needed, accessList: try machine.price(call, world, at: moment).accessList)
    }

    func starve(_ call: PokeCall, gasLimit: Gas, _ world: StudyWorld, at moment: PokeMoment) -> PokeInclusion {
        let statusOne = model.megaPokerStatusOne(world.facts.effects(at: moment.time))
        guard call.plan.method == .megaPoker, gasLimit >= statusOne else {
            return PokeInclusion(gasUsed: gasLimit, fate: .failed, world: world, advanced: [])
        }
        var after = world
        let advanced = after.poke(call.plan, at: moment.time)
        // The last call is the one that starves.
        if let last = after.facts.ilks.indices.last { after.facts.ilks[last].spot = world.facts.ilks[last].spot }
        return PokeInclusion(gasUsed: gasLimit, fate: .starved, world: after, advanced: advanced)
    }

    func changes(
        of transaction: EVMTransaction, in world: StudyWorld, at moment: PokeMoment
    ) throws(ScenarioError) -> StateChanges {
        try machine.changes(of: transaction, in: world, at: moment)
    }
}
