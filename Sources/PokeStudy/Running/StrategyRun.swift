import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTransactions
import OraclePokes

/// One strategy over one scenario: what it decides at each head is included in the next block, at that block's price.
struct StrategyRun<Pricing: PokePricing> {
    let scenario: PokeScenario
    private var strategy: any PokeStrategy
    private var pricing: Pricing
    private var world: StudyWorld
    private let counted: UInt64
    private var meter: StalenessMeter
    private var digest = RunDigest()
    private(set) var slots: [RunSlot]
    private var pending: Pending?
    /// Base fees of the newest blocks, the newest last.
    private var baseFees: [Wei] = []
    /// The slot that the last step was in: an index into `slots`; those before the period have none.
    private var nextSlot = 0
    /// What changed from outside since the last poke, for `records`.
    private var outside: [Address: [UInt256: UInt256]] = [:]
    private var records: [PokeRecord]?

    private struct Pending {
        var call: PokeCall
        var intent: TransactionIntent
        var slot: Int
    }

    /// Blocks whose base fees a strategy sees at most.
    private static var feeWindow: Int { 300 }

    /// - Parameters:
    ///   - start: unix seconds from which on staleness counts: the start of a slot.
    ///   - keepsPokes: whether each poke is kept with all that another machine needs to execute it again.
    init(
        _ scenario: PokeScenario, _ strategy: any PokeStrategy, _ pricing: Pricing, from world: StudyWorld,
        counting start: UInt64, keepsPokes: Bool
    ) {
        self.scenario = scenario
        self.strategy = strategy
        self.pricing = pricing
        self.world = world
        records = keepsPokes ? [] : nil
        counted = start
        meter = StalenessMeter(world.facts, from: start)
        slots = scenario.slots.map { RunSlot(start: $0) }
    }

    /// Runs it to the end.
    /// - Parameter progress: is told the slots that are done.
    mutating func outcome(_ progress: (Int) -> Void = { _ in }) throws(ScenarioError) -> RunOutcome {
        for (index, step) in scenario.steps.enumerated() {
            if enterSlots(until: step.time) { progress(nextSlot) }
            switch step {
            case .event(let time, let event): try take(event, at: time)
            case .block(let block): try take(block, next: nextBlock(after: index))
            }
        }
        _ = enterSlots(until: scenario.period.upperBound)
        meter.finish(at: scenario.period.upperBound)
        var counting = slots.filter { $0.start >= counted }
        for (index, worst) in meter.worstOfSlots.enumerated() where index < counting.count { counting[index].staleness = worst }
        return RunOutcome(
            name: strategy.name, slots: counting, staleness: meter.summary, digest: digest.text, counts: pricing.counts,
            records: records ?? [])
    }

    /// Slots begin that start no later than a time.
    private mutating func enterSlots(until time: UInt64) -> Bool {
        let before = nextSlot
        while nextSlot < slots.count, slots[nextSlot].start <= time {
            meter.begin(slot: slots[nextSlot].start)
            nextSlot += 1
        }
        return nextSlot != before
    }

    private func nextBlock(after index: Int) -> PokeScenario.Block? {
        for step in scenario.steps[(index + 1)...] { if case .block(let block) = step { return block } }
        return nil
    }

    private mutating func take(_ event: PokeScenario.Event, at time: UInt64) throws(ScenarioError) {
        let before = world.facts.oracles
        switch event {
        case .transaction(let transaction):
            let moment = PokeMoment(block: 0, time: time, baseFee: .zero)
            let changes = try pricing.changes(of: transaction, in: world, at: moment)
            world.apply(changes)
            for (account, change) in changes.accounts { keep(change.storage, of: account) }
        case .source(let index, _, let writes):
            world.take(event)
            keep(writes, of: world.facts.oracles[index].source)
        case .writes(let account, let writes):
            world.take(event)
            keep(writes, of: account)
        }
        for (index, oracle) in world.facts.oracles.enumerated() {
            if oracle.sourceReading != before[index].sourceReading { meter.source(index, oracle.sourceReading.value) }
            let isPoked = oracle.current != before[index].current || oracle.next != before[index].next
            if isPoked { meter.poked(index, oracle, at: time) }
        }
    }

    /// For whoever executes the pokes again.
    private mutating func keep(_ writes: [UInt256: UInt256], of account: Address) {
        guard records != nil, !writes.isEmpty else { return }
        outside[account, default: [:]].merge(writes) { $1 }
    }

    private mutating func take(_ block: PokeScenario.Block, next: PokeScenario.Block?) throws(ScenarioError) {
        baseFees.append(block.baseFee)
        if baseFees.count > Self.feeWindow { baseFees.removeFirst() }
        if nextSlot > 0, block.time < scenario.period.upperBound { slots[nextSlot - 1].see(block.baseFee) }
        try includePending(in: block)
        guard nextSlot > 0, pending == nil, block.time < scenario.period.upperBound,
            world.facts.oracles.contains(where: { $0.isDue(at: block.time) })
        else { return }
        try decide(at: block, next: next)
    }

    private mutating func includePending(in block: PokeScenario.Block) throws(ScenarioError) {
        guard let sent = pending, let price = sent.intent.fees.effectiveGasPrice(baseFeePerGas: block.baseFee) else { return }
        pending = nil
        let moment = PokeMoment(block: block.number, time: block.time, baseFee: block.baseFee)
        let (before, isFirst) = (world, slots[sent.slot].pokes.isEmpty)
        let done = try pricing.include(sent.call, gasLimit: sent.intent.gasLimit, before, at: moment)
        world = done.world
        for index in done.advanced { meter.poked(index, world.facts.oracles[index], at: block.time) }
        let poke = PricedPoke(
            method: sent.call.plan.method, isListed: sent.call.accessList != nil,
            oracles: done.advanced.map { world.facts.oracles[$0].name }, ilks: sent.call.plan.ilks, block: block.number,
            time: block.time, gasUsed: done.gasUsed, gasLimit: sent.intent.gasLimit, baseFee: block.baseFee,
            priorityFee: price - block.baseFee, maxFeePerGas: sent.intent.fees.maxFeePerGas, fate: done.fate)
        if isFirst { slots[sent.slot].path = try GasPath(sent.call, done.gasUsed, before, at: moment, &pricing) }
        slots[sent.slot].pokes.append(poke)
        digest.take(poke)
        if records != nil {
            records?.append(PokeRecord(strategy: strategy.name, poke: poke, intent: sent.intent, outside: outside))
            outside = [:]
        }
    }

    private mutating func decide(at block: PokeScenario.Block, next: PokeScenario.Block?) throws(ScenarioError) {
        let inclusion = PokeMoment(block: block.number + 1, time: block.time + scenario.blockTime, baseFee: block.baseFee)
        let isNext = next?.number == block.number + 1
        let head = BlockHeader(
            number: block.number, hash: UInt256(block.number).bigEndianBytes, parentHash: B256(), timestamp: block.time,
            gasLimit: 30_000_000, gasUsed: 15_000_000, baseFeePerGas: block.baseFee)
        var view = PokeView(
            head: head, inclusion: inclusion.time, facts: world.facts,
            fees: FeeFacts(
                baseFeePerGas: isNext ? next?.baseFee ?? block.baseFee : block.baseFee,
                rewards: Array(repeating: block.reward, count: 10), baseFees: baseFees))
        for plan in strategy.plans(view) { view.executions.append(try executed(plan, at: inclusion)) }
        let verdict = strategy.decide(view)
        let slot = nextSlot - 1
        digest.take(verdict, at: block)
        guard let intent = verdict.intent, intent.isIncludable, slots[slot].pokes.count < intent.maxAttempts else {
            if slots[slot].pokes.isEmpty { slots[slot].reason = verdict.reason }
            return
        }
        slots[slot].reason = verdict.reason
        guard let call = call(of: intent) else {
            throw ScenarioError(
                .contradiction, "\(strategy.name) wants to call \(intent.to), which is none of the poker's contracts")
        }
        pending = Pending(call: call, intent: intent, slot: slot)
    }

    /// What the execution of a plan's call gives.
    private mutating func executed(_ plan: PokePlan, at moment: PokeMoment) throws(ScenarioError) -> PokeExecution {
        var call = PokeCall(plan)
        var price = try pricing.price(call, world, at: moment)
        if plan.isListed {
            call = PokeCall(plan, accessList: price.accessList)
            price = try pricing.price(call, world, at: moment)
        }
        return PokeExecution(
            callHash: Keccak256.hash(plan.callData(world.facts, scenario.contracts)),
            target: plan.target(world.facts, scenario.contracts), accessList: call.accessList,
            gasUsed: price.gasUsed, succeedsFrom: price.needs, needs: price.needs, starved: [], requests: 0)
    }
}
