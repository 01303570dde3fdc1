import EthCodec
import EthContracts
import EthPrimitives
import EthRPC
import OraclePokes

extension PokerKeeper {
    /// Reads everything at one block hash, in one batch near the slot; otherwise guards first, and the rest only when they show
    /// something due. Where the call follows from the facts, its simulation is a request of its own.
    func observe(_ head: BlockHeader, through provider: Provider) async throws -> PokerSnapshot {
        var batch = ReadBatch(at: .hash(head.hash))
        let guards = GuardReads(self, head, &batch)
        var snapshot: PokerSnapshot
        var read: (PokeSimulation.Reads, ReadAnswers)?
        if isNearSlot(head) {
            let rest = RestReads(self, head, book.sources, &batch)
            let prefetched =
                book.expectsWork(at: head.timestamp)
                ? simulation?.prefetch(
                    targets.oracles.map(\.address) + book.sources.values, at: head, time: inclusion(after: head), in: &batch,
                    through: provider) : nil
            let answers = try await provider.send(batch)
            read = prefetched.map { ($0, answers) }
            snapshot = try rest.snapshot(try guards.facts(answers), answers)
            try await readNewSources(&snapshot, through: provider)
        } else {
            let oracles = try guards.facts(try await provider.send(batch))
            book.learn(oracles)
            remember(oracles, at: head)
            guard oracles.contains(where: { $0.isDue(at: head.timestamp) }) else {
                return PokerSnapshot(head: head, facts: PokeFacts(oracles: oracles))
            }
            var more = ReadBatch(at: .hash(head.hash))
            let rest = RestReads(self, head, Dictionary(oracles.map { ($0.address, $0.source) }) { $1 }, &more)
            snapshot = try rest.snapshot(oracles, try await provider.send(more))
        }
        try book.learn(snapshot.facts)
        book.learn(snapshot.facts.oracles)
        remember(snapshot.facts.oracles, at: head)
        guard snapshot.facts.oracles.contains(where: { $0.isDue(at: head.timestamp) }) else { return snapshot }
        if let simulation { await execute(&snapshot, simulation, read, through: provider) }
        if snapshot.execution == nil, rules.planner.choice != .megaPoker { try await simulate(&snapshot, through: provider) }
        return snapshot
    }

    /// The oracles with their sources at one block hash, whatever the time is.
    func observeOracles(_ head: BlockHeader, through provider: Provider) async throws -> PokerSnapshot {
        var batch = ReadBatch(at: .hash(head.hash))
        let guards = GuardReads(self, head, &batch)
        let oracles = try guards.facts(try await provider.send(batch))
        var snapshot = PokerSnapshot(head: head, facts: PokeFacts(oracles: oracles))
        try await readNewSources(&snapshot, through: provider)
        return snapshot
    }

    private func isNearSlot(_ head: BlockHeader) -> Bool {
        let start = slotStart(at: head.timestamp)
        return head.timestamp + rules.windowBefore >= start + rules.slotLength || head.timestamp < start + rules.deadline
    }

    /// Sources that were not known before the batch, at the start or after governance changed one: asked for at once, at the same hash.
    private func readNewSources(_ snapshot: inout PokerSnapshot, through provider: Provider) async throws {
        let new = snapshot.facts.oracles.indices.filter { snapshot.facts.oracles[$0].sourceReading == .unread }
        guard !new.isEmpty else { return }
        var batch = ReadBatch(at: .hash(snapshot.head.hash))
        let oracles = snapshot.facts.oracles
        let reads = new.map { batch.call(OSM.PeekCall(), to: oracles[$0].source, from: oracles[$0].address) }
        let answers = try await provider.send(batch)
        for (index, read) in zip(new, reads) {
            snapshot.facts.oracles[index].sourceReading = try RestReads.reading(read, answers)
        }
    }

    /// Executes what the plans would send in our own machine, as in the block after the head. What goes wrong is a fact too: the node's estimate is
    /// there instead.
    private func execute(
        _ snapshot: inout PokerSnapshot, _ simulation: PokeSimulation, _ read: (PokeSimulation.Reads, ReadAnswers)?,
        through provider: Provider
    ) async {
        let time = inclusion(after: snapshot.head)
        let plans = plans(toTry: snapshot)
        guard !plans.isEmpty else { return }
        do {
            let executed = try await simulation.execute(
                plans, snapshot.facts, at: snapshot.head, time: time, read, through: provider)
            snapshot.execution = executed.best
            if rules.planner.isExact { snapshot.alternatives = executed.alternatives }
        } catch let error as RPCError { snapshot.executionProblem = error.message } catch {
            snapshot.executionProblem = "\(error)"
        }
    }

    /// Asks the node for the gas of the plan at the time of inclusion. No answer is a fact too: the model stands alone then.
    private func simulate(_ snapshot: inout PokerSnapshot, through provider: Provider) async throws {
        guard let plan = plans(toTry: snapshot).first, let target = plan.target(snapshot.facts, targets.contracts) else { return }
        var batch = ReadBatch(at: .hash(snapshot.head.hash))
        let call = CallRequest(from: sender, to: target, data: plan.callData(snapshot.facts, targets.contracts))
        let read = batch.estimateGas(call, overrides: overrides(after: snapshot.head))
        snapshot.take(try await provider.send(batch), read)
    }

    private func remember(_ oracles: [OracleFacts], at head: BlockHeader) {
        guard rules.planner.skipsUnchangedSources else { return }
        book.see(oracles, at: head.timestamp, slot: slotStart(at: head.timestamp))
    }

    /// What could be sent, as far as facts alone tell; nothing if there is nothing to do.
    private func plans(toTry snapshot: PokerSnapshot) -> [PokePlan] {
        var held: Set<String> = []
        if rules.planner.skipsUnchangedSources {
            held = Self.held(leftAlone(snapshot.facts, book.memory, at: snapshot.head))
        }
        let effects = snapshot.facts.effects(at: inclusion(after: snapshot.head), holding: held)
        return rules.planner.hasWork(effects) ? rules.planner.plans(for: effects, allowsWhole: held.isEmpty) : []
    }

    fileprivate func overrides(after head: BlockHeader) -> BlockOverrides {
        BlockOverrides(number: head.number + 1, time: inclusion(after: head))
    }
}

extension PokerSnapshot {
    /// Takes in an estimate, or why there is none.
    fileprivate mutating func take(_ answers: ReadAnswers, _ read: PendingRead<Gas>) {
        do { simulatedGas = try answers.value(of: read) } catch { simulationProblem = error.message }
    }
}

/// The header and the oracles' own slots: enough to tell whether something is due.
private struct GuardReads {
    private let head: BlockHeader
    private let header: PendingRead<BlockHeader>
    private let oracles: [(target: PokerTargets.Oracle, slots: [PendingRead<B256>])]

    init(_ keeper: PokerKeeper, _ head: BlockHeader, _ batch: inout ReadBatch) {
        self.head = head
        header = batch.header(head.hash)
        oracles = keeper.targets.oracles.map { target in
            (target, (1...4).map { batch.storage(target.address, slot: UInt256($0)) })
        }
    }

    func facts(_ answers: ReadAnswers) throws -> [OracleFacts] {
        let known = try answers.value(of: header)
        guard known == head else {
            throw RPCError(.malformedResult, "block \(head.hash): the node gives two different headers for it")
        }
        return try oracles.map { target, slots in
            let words = try slots.map { try answers.value(of: $0) }
            return OracleFacts(
                name: target.name, address: target.address, stopped: words[0], packed: words[1], current: words[2],
                next: words[3], sourceReading: .unread)
        }
    }
}

/// Everything else: sources, collateral types, fees, and the estimate where the call is known beforehand.
private struct RestReads {
    private struct Ilk {
        var target: PokerTargets.Ilk
        var spotter: PendingRead<Spotter.IlksCall.Output>
        var vat: PendingRead<Vat.IlksCall.Output>
    }

    private let head: BlockHeader
    private var sources: [Address: (source: Address, read: PendingRead<OSM.PeekCall.Output>)] = [:]
    private let ilks: [Ilk]
    private let par: PendingRead<UInt256>
    private let last: PendingRead<UInt256>?
    private let fees: PendingRead<FeeHistory>
    private let baseFees: PendingRead<FeeHistory>?
    private let estimate: PendingRead<Gas>?

    init(_ keeper: PokerKeeper, _ head: BlockHeader, _ known: [Address: Address], _ batch: inout ReadBatch) {
        let contracts = keeper.targets.contracts
        self.head = head
        for oracle in keeper.targets.oracles {
            guard let source = known[oracle.address] else { continue }
            // Sources answer only those they know: the oracle asks.
            sources[oracle.address] = (source, batch.call(OSM.PeekCall(), to: source, from: oracle.address))
        }
        ilks = keeper.targets.ilks.map { ilk in
            Ilk(
                target: ilk, spotter: batch.call(Spotter.IlksCall(ilk.id), to: contracts.spotter),
                vat: batch.call(Vat.IlksCall(ilk.id), to: contracts.vat))
        }
        par = batch.call(Spotter.ParCall(), to: contracts.spotter)
        last = keeper.rules.hasDailyBlock ? batch.call(MegaPokerDaily.LastCall(), to: contracts.megaPoker) : nil
        // The percentiles are those that wallets commonly ask for; the second is used.
        fees = batch.feeHistory(count: 10, newest: head.number, percentiles: [10, 50, 90])
        baseFees =
            keeper.rules.patience.seconds > 0
            ? batch.feeHistory(count: FeePatience.blocks, newest: head.number, percentiles: []) : nil
        estimate =
            keeper.rules.planner.choice == .megaPoker
            ? batch.estimateGas(
                CallRequest(from: keeper.sender, to: contracts.megaPoker, data: MegaPoker.PokeCall().callData),
                overrides: keeper.overrides(after: head)) : nil
    }

    /// Puts the facts together; a source that is not the oracle's any more stays unread.
    func snapshot(_ oracles: [OracleFacts], _ answers: ReadAnswers) throws -> PokerSnapshot {
        var oracles = oracles
        for index in oracles.indices {
            guard let (source, read) = sources[oracles[index].address], source == oracles[index].source else { continue }
            oracles[index].sourceReading = try Self.reading(read, answers)
        }
        let facts = PokeFacts(
            oracles: oracles, ilks: try ilks.map { try Self.facts($0, oracles, answers) }, par: try answers.value(of: par),
            dailyLast: try last.flatMap { try answers.value(of: $0).asUInt64 })
        let history = try answers.value(of: fees)
        var snapshot = PokerSnapshot(head: head, facts: facts)
        snapshot.fees = FeeFacts(
            baseFeePerGas: history.nextBaseFeePerGas, rewards: history.reward.compactMap { $0.count > 1 ? $0[1] : nil })
        // The last is that of the next block. Without an answer there is nothing to wait for.
        if let baseFees, let recent = try? answers.value(of: baseFees) {
            snapshot.fees?.baseFees = recent.baseFeePerGas.dropLast()
        }
        if let estimate { snapshot.take(answers, estimate) }
        return snapshot
    }

    static func reading(_ read: PendingRead<OSM.PeekCall.Output>, _ answers: ReadAnswers) throws -> SourceReading {
        guard let output = try answers.valueUnlessReverted(of: read) else { return .reverts }
        return output.has ? .valid(UInt256(bigEndian: output.val)) : .invalid
    }

    private static func facts(_ ilk: Ilk, _ oracles: [OracleFacts], _ answers: ReadAnswers) throws -> IlkFacts {
        let feed = try answers.value(of: ilk.spotter)
        let debt = try answers.value(of: ilk.vat)
        return IlkFacts(
            name: ilk.target.name, pip: feed.pip,
            oracle: ilk.target.oracle ?? oracles.first { $0.address == feed.pip }?.name, mat: feed.mat, art: debt.Art,
            spot: debt.spot, line: debt.line)
    }
}
