import EthChain
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// Finds out all that a report says.
struct SimulationRun {
    let provider: Provider
    let place: SimulationPlace
    let findsLimits: Bool
    let asksNode: Bool

    /// Requests for the transactions before a mined one, which have nothing to do with each other: more than for one call.
    private static let requestLimitOfReplay = 64

    init(_ provider: Provider, _ place: SimulationPlace, findsLimits: Bool, asksNode: Bool) {
        self.provider = provider
        self.place = place
        self.findsLimits = findsLimits
        self.asksNode = asksNode
    }

    /// - Throws: `SimulationFailure`; what the transport throws.
    func report(on subject: SimulationSubject) async throws -> SimulationReport {
        do {
            if case .mined(let hash) = subject { return try await replay(hash) }
            let (chain, block) = try await origin(place.block)
            let (forks, source) = try await rules(of: chain)
            let simulator = Simulator(provider, chain: chain, forks)
            let rehearsal = try rehearsal(of: subject, on: block, simulator)
            return try await report(rehearsal, on: block, simulator, source, mined: nil)
        } catch let error as SimulatorError {
            throw SimulationFailure(error)
        } catch let error as ForkError {
            throw SimulationFailure(error)
        }
    }

    // MARK: A mined transaction

    private func replay(_ hash: TransactionHash) async throws -> SimulationReport {
        let mined = try await MinedTransaction(hash, provider)
        let chain = try await provider.chainID()
        let (forks, source) = try await rules(of: chain)
        var simulator = Simulator(provider, chain: chain, forks)
        simulator.requestLimit = Self.requestLimitOfReplay
        let isWhole = mined.before.count <= place.before
        let transactions = (isWhole ? mined.before : []) + [mined.transaction]
        // Without those before it, nonces and balances may be others than they were.
        let rehearsal = Rehearsal(
            transactions, in: .block(mined.block), accounts: place.accounts, checks: isWhole ? .all : .call)
        do {
            return try await report(rehearsal, on: mined.parent, simulator, source, mined: mined)
        } catch SimulatorError.needsNode(_) where transactions.count > 1 {
            let alone = Rehearsal([mined.transaction], in: .block(mined.block), accounts: place.accounts)
            return try await report(alone, on: mined.parent, simulator, source, mined: mined)
        }
    }

    // MARK: A call, or a transaction that was not mined

    private func origin(_ reference: BlockReference) async throws -> (ChainID, PinnedBlock) {
        var batch = ReadBatch(at: reference)
        let chain = batch.add(RPCQuery<ChainID>.chainID)
        let block = batch.add(RPCQuery<Block?>.block(reference, full: false))
        let answers = try await provider.send(batch)
        guard let found = try answers.value(of: block) else {
            throw SimulationFailure.badData("the node does not know the block")
        }
        return (try answers.value(of: chain), PinnedBlock(found.header, hash: found.statedHash))
    }

    private func rules(of chain: ChainID) async throws -> (ForkSchedule, ForkSource) {
        try await ForkSource.schedule(of: chain, configured: place.fork, asking: provider)
    }

    private func rehearsal(
        of subject: SimulationSubject, on block: PinnedBlock, _ simulator: Simulator
    ) throws -> Rehearsal {
        var overrides = BlockOverrides(number: place.number, baseFeePerGas: place.baseFee)
        switch place.time {
        case .at(let time): overrides.time = time
        case .after(let seconds): overrides.time = block.timestamp &+ seconds
        case nil: break
        }
        if let time = overrides.time, time < block.timestamp {
            throw SimulationFailure.badData("--time \(time) is before the block, which is of \(block.timestamp)")
        }
        var rehearsal = Rehearsal([], in: .nextBlock(overrides), accounts: place.accounts)
        switch subject {
        case .call(let from, let to, let data, let value, let gas):
            let environment = try simulator.environment(rehearsal, on: block)
            let limit = gas ?? Rehearsal.ampleGas(in: environment)
            rehearsal.transactions = [EVMTransaction(sender: from, recipient: to, data: data, value: value, gasLimit: limit)]
        case .signed(let envelope, let sender):
            if let bound = envelope.unsigned.chainID, bound != simulator.chain {
                throw SimulationFailure.badData("the transaction is for chain \(bound), the node is on chain \(simulator.chain)")
            }
            rehearsal.transactions = [EVMTransaction(envelope.unsigned, from: sender)]
            if place.isStrict { rehearsal.checks = .all }
        case .mined: break  // replayed elsewhere
        }
        return rehearsal
    }

    // MARK: What is found out

    private func report(
        _ rehearsal: Rehearsal, on block: PinnedBlock, _ simulator: Simulator, _ source: ForkSource, mined: MinedTransaction?
    ) async throws -> SimulationReport {
        let index = rehearsal.transactions.count - 1
        var report = SimulationReport(
            block: block, environment: try simulator.environment(rehearsal, on: block), forkSource: source,
            transaction: rehearsal.transactions[index], mined: mined, replayed: index)
        let rehearsed: Rehearsed
        do {
            rehearsed = try await simulator.run(rehearsal, at: block)
        } catch SimulatorError.needsNode(let precompile) where index == 0 {
            // What our machine cannot do, the node may.
            report.missingPrecompile = precompile
            do {
                report.nodeAlone = try await simulator.nodeOpinion(of: rehearsal, on: block)
            } catch is NodeSilence {
                throw SimulatorError.needsNode(precompile: precompile)
            }
            return report
        }
        report.rehearsed = rehearsed
        report.announced = try await announced(rehearsed, index, simulator)
        if findsLimits { report.limits = try await limits(rehearsed, index, simulator) }
        if asksNode {
            do {
                report.opinion = try await simulator.secondOpinion(on: rehearsed, index, limits: report.limits)
            } catch let silence as NodeSilence {
                report.silence = silence
            }
        }
        return report
    }

    /// Gas used with the access list that would cost least, where there is none yet.
    private func announced(_ rehearsed: Rehearsed, _ index: Int, _ simulator: Simulator) async throws -> Gas? {
        let result = rehearsed.transactions[index]
        guard result.result.succeeded, result.transaction.accessList.entries.isEmpty, !result.accessList.entries.isEmpty else {
            return nil
        }
        var rehearsal = rehearsed.rehearsal
        rehearsal.transactions[index].accessList = result.accessList
        rehearsal.tracing = false
        rehearsal.checks = .call
        return try await simulator.run(rehearsal, on: rehearsed.state).transactions[index].result.gasUsed
    }

    /// With as much gas as a block allows, whatever the transaction itself says.
    private func limits(_ rehearsed: Rehearsed, _ index: Int, _ simulator: Simulator) async throws -> SmallestLimits {
        var rehearsal = rehearsed.rehearsal
        let ample = max(rehearsal.transactions[index].gasLimit, Rehearsal.ampleGas(in: rehearsed.environment))
        guard rehearsal.transactions[index].gasLimit < ample else {
            return try await simulator.smallestLimits(of: rehearsed, index)
        }
        rehearsal.transactions[index].gasLimit = ample
        rehearsal.checks.subtract([.funds, .gasCaps])
        return try await simulator.smallestLimits(of: try await simulator.run(rehearsal, on: rehearsed.state), index)
    }
}
