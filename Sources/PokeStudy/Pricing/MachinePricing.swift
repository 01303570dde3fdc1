import EthCodec
import EthEVM
import EthPrimitives
import EthTransactions
import OraclePokes

/// Prices by execution in our own machine on the scenario's contracts. What a branch costs is remembered; of what is remembered one in a
/// hundred is executed again and must be the same.
struct MachinePricing: PokePricing {
    /// One of so many answers from memory is checked.
    static let checkedShare = 100

    private let scenario: PokeScenario
    private let machine: EVM
    private var prices: [PokeBranch: PokePrice] = [:]
    private(set) var counts = PricingCounts()

    /// As much as any poke may have: the block's limit would do as well.
    private static let ample: Gas = 8_000_000

    init(_ scenario: PokeScenario) {
        self.scenario = scenario
        machine = EVM(
            BlockEnvironment(chainID: scenario.chainID, fork: scenario.fork, number: 0, timestamp: 0), reader: scenario.state)
    }

    mutating func price(_ call: PokeCall, _ world: StudyWorld, at moment: PokeMoment) throws(ScenarioError) -> PokePrice {
        let branch = PokeBranch(call, world.facts.effects(at: moment.time))
        guard let known = prices[branch] else {
            counts.executed += 1
            let price = try execute(call, world, at: moment)
            prices[branch] = price
            return price
        }
        counts.remembered += 1
        if counts.remembered % Self.checkedShare == 0 {
            counts.checked += 1
            let again = try execute(call, world, at: moment)
            guard again == known else {
                throw ScenarioError(
                    .contradiction,
                    "\(call.plan.title) at \(moment.time) uses \(again.gasUsed) gas, the same branch used \(known.gasUsed)")
            }
        }
        return known
    }

    func starve(
        _ call: PokeCall, gasLimit: Gas, _ world: StudyWorld, at moment: PokeMoment
    ) throws(ScenarioError) -> PokeInclusion {
        let bench = try Bench(self, call, world, at: moment)
        guard let result = try bench.run(gasLimit), result.succeeded else {
            return PokeInclusion(gasUsed: gasLimit, fate: .failed, world: world, advanced: [])
        }
        var after = world
        after.apply(bench.changes)
        let advanced = world.facts.oracles.indices.filter { after.facts.oracles[$0].zzz != world.facts.oracles[$0].zzz }
        return PokeInclusion(gasUsed: result.gasUsed, fate: .starved, world: after, advanced: advanced)
    }

    func changes(
        of transaction: EVMTransaction, in world: StudyWorld, at moment: PokeMoment
    ) throws(ScenarioError) -> StateChanges {
        let bench = Bench(self, transaction, world, at: moment)
        return try bench.run(transaction.gasLimit) == nil ? StateChanges() : bench.changes
    }

    /// Executes a call with ample gas, finds its limits, and holds what it did against the facts.
    private func execute(_ call: PokeCall, _ world: StudyWorld, at moment: PokeMoment) throws(ScenarioError) -> PokePrice {
        let bench = try Bench(self, call, world, at: moment)
        guard let ample = try bench.run(Self.ample), ample.succeeded else {
            throw ScenarioError(.contradiction, "\(call.plan.title) fails at \(moment.time) with \(Self.ample) gas")
        }
        var seen = world
        seen.apply(bench.changes)
        let expected = StudyWorld.poked(world.facts, call.plan, at: moment.time).facts
        guard seen.facts == expected else {
            throw ScenarioError(
                .contradiction, "\(call.plan.title) at \(moment.time) does not leave the state that the facts foretell")
        }
        let list = ample.touched.worthAnnouncing(from: scenario.sender, to: bench.target, fork: scenario.fork)
        let needs = try bench.smallest(from: ample.gasSpent) { $0.logs == ample.logs }
        return PokePrice(gasUsed: ample.gasUsed, needs: needs, accessList: list)
    }

    /// One call on one state, at any limit.
    private struct Bench {
        private let machine: EVM
        private let transaction: EVMTransaction

        var target: Address { transaction.recipient ?? .zero }

        init(
            _ pricing: MachinePricing, _ call: PokeCall, _ world: StudyWorld, at moment: PokeMoment
        ) throws(ScenarioError) {
            let contracts = pricing.scenario.contracts
            guard let target = call.plan.target(world.facts, contracts) else {
                throw ScenarioError(.contradiction, "\(call.plan.title) has nothing to call")
            }
            let data = call.plan.callData(world.facts, contracts)
            self.init(
                pricing,
                EVMTransaction(
                    sender: pricing.scenario.sender, recipient: target, data: data, gasLimit: 0,
                    accessList: call.accessList ?? []),
                world, at: moment)
        }

        init(_ pricing: MachinePricing, _ transaction: EVMTransaction, _ world: StudyWorld, at moment: PokeMoment) {
            machine = pricing.machine
            self.transaction = transaction
            machine.environment = BlockEnvironment(
                chainID: pricing.scenario.chainID, fork: pricing.scenario.fork, number: moment.block, timestamp: moment.time,
                baseFeePerGas: moment.baseFee)
            machine.reset(reader: LaidOver(base: pricing.scenario.state, storage: world.storage))
        }

        /// - Returns: `nil` if no block takes it with so little gas.
        func run(_ limit: Gas) throws(ScenarioError) -> ExecutionResult? {
            machine.reset()
            var transaction = transaction
            transaction.gasLimit = limit
            do throws(EVMError) { return try machine.execute(transaction, checks: .call) } catch {
                if case .invalidTransaction(.gasLimitTooLow) = error { return nil }
                throw ScenarioError(.contradiction, "the machine cannot execute a poke: \(error)")
            }
        }

        /// What the last run changed.
        var changes: StateChanges { machine.changes }

        /// The smallest limit at which it succeeds so that something holds.
        /// - Parameter spent: what it spends with ample gas; less cannot do.
        func smallest(from spent: Gas, _ holds: (ExecutionResult) -> Bool) throws(ScenarioError) -> Gas {
            func suffices(_ limit: Gas) throws(ScenarioError) -> Bool {
                guard let result = try run(limit), result.succeeded else { return false }
                return holds(result)
            }
            // A call hands on 63/64 of what is left: the last ones need a little more than they use.
            var step: Gas = 512
            while try !suffices(spent + step), spent + step < MachinePricing.ample { step *= 4 }
            var (low, high) = (spent - 1, spent + step)
            while high - low > 1 {
                let middle = low + (high - low) / 2
                if try suffices(middle) { high = middle } else { low = middle }
            }
            return high
        }
    }
}

/// A state with other storage laid over.
private struct LaidOver: StateReader {
    let base: MemoryState
    let storage: [Address: [UInt256: UInt256]]

    func account(_ address: Address) -> Account? { base.account(address) }
    func storage(_ address: Address, _ slot: UInt256) -> UInt256? { storage[address]?[slot] ?? base.storage(address, slot) }
    func blockHash(_ number: UInt64) -> BlockHash? { base.blockHash(number) }
}
