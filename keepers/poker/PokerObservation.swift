import EthContracts
import EthPrimitives
import EthRPC
import OraclePokes

extension PokerKeeper {
    /// Priority fee percentiles that are asked for; the second is used.
    private static let percentiles = [10, 50, 90]

    /// Reads everything at one block hash in one batch: all of it near the slot, guards otherwise, and all of it again when the
    /// guards show something due. Where the plan follows from the facts, its simulation is a request of its own.
    func observe(_ head: BlockHeader, through provider: Provider) async throws -> PokerSnapshot {
        let start = slotStart(at: head.timestamp)
        let isNear =
            head.timestamp + rules.windowBefore >= start + rules.slotLength || head.timestamp < start + rules.deadline
        if !isNear {
            let guards = try await PokerReads(self, head, isComplete: false).send(through: provider)
            guard guards.facts.oracles.contains(where: { $0.isDue(at: head.timestamp) }) else { return guards }
        }
        var snapshot = try await PokerReads(self, head, isComplete: true).send(through: provider)
        if rules.planner.choice != .megaPoker, snapshot.facts.oracles.contains(where: { $0.isDue(at: head.timestamp) }) {
            try await simulate(&snapshot, through: provider)
        }
        return snapshot
    }

    /// Asks the node for the gas of the plan at the time of inclusion. No answer is a fact too: the model stands alone then.
    private func simulate(_ snapshot: inout PokerSnapshot, through provider: Provider) async throws {
        let effects = snapshot.facts.effects(at: inclusion(after: snapshot.head))
        guard effects.oracles.contains(where: \.isEffective) else { return }
        guard let plan = rules.planner.plans(for: effects).first, let target = plan.target(targets.contracts) else { return }
        var batch = ReadBatch(at: .hash(snapshot.head.hash))
        let call = CallRequest(from: sender, to: target, data: plan.callData(snapshot.facts, targets.contracts))
        let read = batch.estimateGas(call, overrides: overrides(after: snapshot.head))
        snapshot.take(try await provider.send(batch), read)
    }

    func overrides(after head: BlockHeader) -> BlockOverrides {
        BlockOverrides(number: head.number + 1, time: inclusion(after: head))
    }

    static var feePercentiles: [Int] { percentiles }
}

extension PokerSnapshot {
    /// Takes in an estimate, or why there is none.
    fileprivate mutating func take(_ answers: ReadAnswers, _ read: PendingRead<Gas>) {
        do { simulatedGas = try answers.value(of: read) } catch { simulationProblem = error.message }
    }
}

/// The requests of one observation and where their answers go.
private struct PokerReads {
    struct Oracle {
        var target: PokerTargets.Oracle
        var slots: [PendingRead<B256>]
        var source: PendingRead<OSM.PeekCall.Output>?
    }

    struct Ilk {
        var target: PokerTargets.Ilk
        var spotter: PendingRead<Spotter.IlksCall.Output>
        var vat: PendingRead<Vat.IlksCall.Output>
    }

    let keeper: PokerKeeper
    let head: BlockHeader
    let isComplete: Bool
    var batch: ReadBatch
    var oracles: [Oracle] = []
    var ilks: [Ilk] = []
    var par: PendingRead<UInt256>?
    var last: PendingRead<UInt256>?
    var fees: PendingRead<FeeHistory>?
    var estimate: PendingRead<Gas>?

    init(_ keeper: PokerKeeper, _ head: BlockHeader, isComplete: Bool) {
        self.keeper = keeper
        self.head = head
        self.isComplete = isComplete
        batch = ReadBatch(at: .hash(head.hash))
        _ = batch.header(head.hash)
        for target in keeper.targets.oracles {
            let slots = (1...4).map { batch.storage(target.address, slot: UInt256($0)) }
            // Sources answer only those they know: the oracle asks.
            let source = isComplete ? batch.call(OSM.PeekCall(), to: target.source, from: target.address) : nil
            oracles.append(Oracle(target: target, slots: slots, source: source))
        }
        if isComplete { addRest() }
    }

    private mutating func addRest() {
        let contracts = keeper.targets.contracts
        for ilk in keeper.targets.ilks {
            ilks.append(
                Ilk(
                    target: ilk, spotter: batch.call(Spotter.IlksCall(ilk.id), to: contracts.spotter),
                    vat: batch.call(Vat.IlksCall(ilk.id), to: contracts.vat)))
        }
        par = batch.call(Spotter.ParCall(), to: contracts.spotter)
        if keeper.rules.hasDailyBlock { last = batch.call(MegaPokerDaily.LastCall(), to: contracts.megaPoker) }
        fees = batch.feeHistory(count: 10, newest: head.number, percentiles: PokerKeeper.feePercentiles)
        if keeper.rules.planner.choice == .megaPoker {
            estimate = batch.estimateGas(
                CallRequest(from: keeper.sender, to: contracts.megaPoker, data: MegaPoker.PokeCall().callData),
                overrides: keeper.overrides(after: head))
        }
    }

    func send(through provider: Provider) async throws -> PokerSnapshot {
        let answers = try await provider.send(batch)
        var facts = PokeFacts(oracles: try oracles.map { try Self.facts($0, answers) })
        try await readChangedSources(&facts, through: provider)
        var snapshot = PokerSnapshot(head: head, facts: facts)
        guard isComplete else { return snapshot }
        snapshot.facts.ilks = try ilks.map { try ilkFacts($0, facts.oracles, answers) }
        if let par { snapshot.facts.par = try answers.value(of: par) }
        if let last { snapshot.facts.dailyLast = try answers.value(of: last).asUInt64 }
        if let fees {
            let history = try answers.value(of: fees)
            snapshot.fees = FeeFacts(
                baseFeePerGas: history.nextBaseFeePerGas, rewards: history.reward.compactMap { $0.count > 1 ? $0[1] : nil })
        }
        if let estimate { snapshot.take(answers, estimate) }
        return snapshot
    }

    private static func facts(_ oracle: Oracle, _ answers: ReadAnswers) throws -> OracleFacts {
        let words = try oracle.slots.map { try answers.value(of: $0) }
        return OracleFacts(
            name: oracle.target.name, address: oracle.target.address, stopped: words[0], packed: words[1], current: words[2],
            next: words[3], sourceReading: try oracle.source.map { try reading($0, answers) } ?? .unread)
    }

    private static func reading(_ read: PendingRead<OSM.PeekCall.Output>, _ answers: ReadAnswers) throws -> SourceReading {
        guard let output = try answers.valueUnlessReverted(of: read) else { return .reverts }
        return output.has ? .valid(UInt256(bigEndian: output.val)) : .invalid
    }

    private func ilkFacts(_ ilk: Ilk, _ oracles: [OracleFacts], _ answers: ReadAnswers) throws -> IlkFacts {
        let feed = try answers.value(of: ilk.spotter)
        let debt = try answers.value(of: ilk.vat)
        return IlkFacts(
            name: ilk.target.name, pip: feed.pip,
            oracle: ilk.target.oracle ?? oracles.first { $0.address == feed.pip }?.name, mat: feed.mat, art: debt.Art,
            spot: debt.spot, line: debt.line)
    }

    /// Governance can give an oracle another source: what the old one answers is worth nothing then.
    private func readChangedSources(_ facts: inout PokeFacts, through provider: Provider) async throws {
        guard isComplete else { return }
        let changed = facts.oracles.indices.filter { facts.oracles[$0].source != oracles[$0].target.source }
        guard !changed.isEmpty else { return }
        var batch = ReadBatch(at: .hash(head.hash))
        let reads = changed.map { batch.call(OSM.PeekCall(), to: facts.oracles[$0].source, from: facts.oracles[$0].address) }
        let answers = try await provider.send(batch)
        for (index, read) in zip(changed, reads) { facts.oracles[index].sourceReading = try Self.reading(read, answers) }
    }
}
