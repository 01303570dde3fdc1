public import EthPrimitives
public import OraclePokes
import Synchronization

/// Strategies beside the baseline over one scenario.
public struct PokeStudy: Sendable {
    /// Who says what a poke costs.
    public enum Prices: Sendable, Hashable {
        /// Our own machine, on the scenario's contracts.
        case measured
        /// The table that was measured on a real geth with the real contracts.
        case table(PokeGasModel)
    }

    public var scenario: PokeScenario
    public var baseline: any PokeStrategy
    public var strategies: [any PokeStrategy]
    public var prices: Prices
    /// Seconds into a slot after which a stale oracle is late.
    public var deadline: UInt64
    /// Wei per gas at which savings are shown once more.
    public var feesNow: Wei
    /// Slots that count, as unix seconds: what is before only leads up to them.
    public var counted: Range<UInt64>
    /// Whether `ledger` of the result holds the pokes.
    public var keepsPokes = false

    public init(
        _ scenario: PokeScenario, baseline: any PokeStrategy, strategies: [any PokeStrategy], prices: Prices = .measured,
        deadline: UInt64, feesNow: Wei
    ) {
        self.scenario = scenario
        self.baseline = baseline
        self.strategies = strategies
        self.prices = prices
        self.deadline = deadline
        self.feesNow = feesNow
        counted = scenario.period
    }

    /// Counts only slots of a range, cut to the scenario's.
    /// - Throws: `ScenarioError` if there are none.
    public mutating func count(from: UInt64?, to: UInt64?) throws(ScenarioError) {
        let length = scenario.slotLength
        let period = scenario.period
        let start = max(period.lowerBound, from.map { ($0 / length + ($0 % length == 0 ? 0 : 1)) * length } ?? period.lowerBound)
        let end = min(period.upperBound, to.map { $0 / length * length } ?? period.upperBound)
        guard start < end else {
            throw ScenarioError(
                .malformed,
                "no slot lies between --from and --to: the scenario has those from \(period.lowerBound) to \(period.upperBound)")
        }
        scenario.end(at: end)
        counted = start..<end
    }

    /// Runs every strategy.
    /// - Parameters:
    ///   - parallelism: strategies at a time; the result is the same at any.
    ///   - progress: is told slots that are done, of all strategies together, and how many there are.
    /// - Throws: `ScenarioError` if the contracts do not do what the facts say.
    public func run(
        parallelism: Int, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> StudyResult {
        let world = try StudyWorld(scenario)
        let all = [baseline] + strategies
        let total = all.count * scenario.slots.count
        let done = Mutex(0)
        let tell: @Sendable (Int) -> Void = { count in
            progress(
                done.withLock { done in
                    done += count
                    return done
                }, total)
        }
        var outcomes: [Int: RunOutcome] = [:]
        try await withThrowingTaskGroup(of: (Int, RunOutcome).self) { group in
            for index in all.indices {
                if index >= max(1, parallelism), let (finished, outcome) = try await group.next() { outcomes[finished] = outcome }
                group.addTask { (index, try await outcome(of: all[index], from: world, tell)) }
            }
            for try await (index, outcome) in group { outcomes[index] = outcome }
        }
        return result(all.indices.compactMap { outcomes[$0] })
    }

    @concurrent
    private func outcome(
        of strategy: any PokeStrategy, from world: StudyWorld, _ tell: @Sendable (Int) -> Void
    ) async throws -> RunOutcome {
        switch prices {
        case .measured: try outcome(of: strategy, MachinePricing(scenario), from: world, tell)
        case .table(let model): try outcome(of: strategy, TablePricing(scenario, model), from: world, tell)
        }
    }

    private func outcome(
        of strategy: any PokeStrategy, _ pricing: some PokePricing, from world: StudyWorld, _ tell: @Sendable (Int) -> Void
    ) throws -> RunOutcome {
        var run = StrategyRun(
            scenario, strategy, pricing, from: world, counting: counted.lowerBound, keepsPokes: keepsPokes)
        var told = 0
        let outcome = try run.outcome { slots in
            tell(slots - told)
            told = slots
        }
        tell(scenario.slots.count - told)
        return outcome
    }

    private func result(_ outcomes: [RunOutcome]) -> StudyResult {
        let baseline = outcomes.first?.slots ?? []
        return StudyResult(
            name: scenario.name, source: scenario.source, period: counted, slotLength: scenario.slotLength,
            oracles: scenario.oracles.map(\.name), ilks: scenario.ilks.map(\.name), feesNow: feesNow,
            strategies: outcomes.enumerated().map { index, outcome in
                let slots = zip(outcome.slots, baseline).map { own, theirs in
                    SlotResult(
                        start: own.start, pokes: own.pokes, reason: own.reason, baseFees: own.fees ?? (.zero, .zero, .zero),
                        staleness: own.staleness, isLate: own.staleness > deadline,
                        parts: index == 0 ? [] : SlotSplit(own, baseline: theirs).parts)
                }
                return StrategyResult(
                    name: outcome.name, slots: slots, staleness: outcome.staleness, digest: outcome.digest,
                    counts: outcome.counts)
            },
            ledger: keepsPokes ? PokeLedger(scenario: scenario, records: outcomes.flatMap(\.records)).bytes : [])
    }
}
