import EthEVM
import EthPrimitives
import EthTransactions
import OraclePokes

/// Where and when a poke is executed.
struct PokeMoment: Sendable, Hashable {
    var block: UInt64
    /// Unix seconds.
    var time: UInt64
    /// Wei per gas.
    var baseFee: Wei
}

/// A poke as it is sent: the plan's call with the access list that it has.
struct PokeCall: Sendable, Hashable {
    /// Without what a model says of its gas.
    let plan: PokePlan
    let accessList: AccessList?

    init(_ plan: PokePlan, accessList: AccessList? = nil) {
        var plan = plan
        plan.gas = PokeGas(used: 0, needed: 0)
        plan.isListed = accessList != nil
        self.plan = plan
        self.accessList = accessList
    }
}

/// What a call costs in a branch, with ample gas.
struct PokePrice: Sendable, Hashable {
    /// As in the receipt.
    var gasUsed: Gas
    /// The smallest limit from which on every effect is reached.
    var needs: Gas
    /// What the call touches, as far as it is worth announcing.
    var accessList: AccessList
}

/// What became of a call at its gas limit.
struct PokeInclusion: Sendable {
    var gasUsed: Gas
    var fate: PricedPoke.Fate
    var world: StudyWorld
    /// Indices of the oracles that advanced.
    var advanced: [Int]
}

/// Says what pokes cost.
protocol PokePricing {
    /// What a call costs in a world, with ample gas.
    mutating func price(_ call: PokeCall, _ world: StudyWorld, at moment: PokeMoment) throws(ScenarioError) -> PokePrice

    /// What becomes of a call with a gas limit below what it needs.
    mutating func starve(
        _ call: PokeCall, gasLimit: Gas, _ world: StudyWorld, at moment: PokeMoment
    ) throws(ScenarioError) -> PokeInclusion

    /// Somebody else's transaction: what it changes.
    func changes(
        of transaction: EVMTransaction, in world: StudyWorld, at moment: PokeMoment
    ) throws(ScenarioError) -> StateChanges

    /// What came from memory and what was executed.
    var counts: PricingCounts { get }
}

extension PokePricing {
    /// What becomes of a call at its gas limit.
    mutating func include(
        _ call: PokeCall, gasLimit: Gas, _ world: StudyWorld, at moment: PokeMoment
    ) throws(ScenarioError) -> PokeInclusion {
        let price = try price(call, world, at: moment)
        guard gasLimit >= price.needs else { return try starve(call, gasLimit: gasLimit, world, at: moment) }
        var after = world
        let advanced = after.poke(call.plan, at: moment.time)
        let isLate = advanced.isEmpty && after.facts.ilks == world.facts.ilks
        return PokeInclusion(gasUsed: price.gasUsed, fate: isLate ? .late : .complete, world: after, advanced: advanced)
    }
}
