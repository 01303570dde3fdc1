import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// `eth_simulateV1`: blocks of calls, each on top of the one before, none of which stays.
struct BlockSimulation {
    private let core: ChainCore
    private let validates: Bool
    private let full: Bool
    /// Layers of the state below all steps.
    private let baseLayers: Int
    private var reader: HistoryReader
    private var commitment: StateCommitment
    /// Gas that all calls together may still have.
    private var budget: Gas
    private var parent: LocalBlock
    private var made: [UInt64: BlockHash] = [:]

    init(_ core: ChainCore, on base: LocalBlock, _ reader: HistoryReader, validates: Bool, full: Bool) {
        self.core = core
        self.validates = validates
        self.full = full
        self.reader = reader
        baseLayers = reader.layers.count
        budget = core.configuration.callGasCap
        parent = base
        if !core.configuration.hasStateRoots {
            commitment = StateCommitment(MemoryState())
        } else if base.hash == core.head.hash {
            commitment = core.commitment
        } else {
            var state = core.history.flattened(at: reader.number)
            for layer in reader.layers.reversed() { state.apply(layer) }
            commitment = StateCommitment(state)
        }
    }

    /// - Throws: the node's error.
    mutating func run(_ steps: [SimulatedStep]) throws(RPCError) -> [SimulatedBlock] {
        defer { core.evm.reset(reader: MemoryState()) }
        var blocks: [SimulatedBlock] = []
        for step in steps { blocks.append(try run(step)) }
        return blocks
    }

    private mutating func run(_ step: SimulatedStep) throws(RPCError) -> SimulatedBlock {
        reader.layers.insert(StateChanges(step.accounts, of: reader), at: 0)
        let template = template(step.overrides)
        var builder = BlockBuilder(
            core.rules, on: parent, number: step.overrides.number ?? parent.number + 1, template, evm: core.evm, reader: reader)
        if let fee = step.overrides.blobBaseFee { core.evm.environment.blobBaseFee = fee }
        var calls: [SimulatedCall] = []
        for arguments in step.calls { calls.append(try run(arguments, &builder)) }
        let block = builder.finish { [self] changes in (root(after: changes), changes) }
        reader.layers.insert(block.changes, at: 0)
        made[block.number] = block.hash
        let (hashes, below) = (made, reader.hashOf)
        reader.hashOf = { hashes[$0] ?? below($0) }
        parent = block
        for (index, transaction) in block.transactions.enumerated() where calls[index].succeeded {
            calls[index].logs = block.logs(transaction)
        }
        return SimulatedBlock(block: block.report(full: full), calls: calls)
    }

    private mutating func run(_ arguments: CallArguments, _ builder: inout BlockBuilder) throws(RPCError) -> SimulatedCall {
        let gas = arguments.gas ?? builder.room
        if gas > builder.room {
            throw NodeAnswer.failure(
                "block gas limit reached: \(builder.gasUsed) >= \(builder.template.gasLimit)", code: -38_015)
        }
        let limit = min(gas, budget)
        let nonce = arguments.nonce ?? builder.nonce(of: arguments.sender)
        let sealed = SealedTransaction(
            simulated: arguments.unsigned(core.rules.chainID, nonce: nonce, gas: limit), sender: arguments.sender)
        let result: ExecutionResult
        do throws(EVMError) {
            result = try builder.append(sealed, checks: validates ? [.nonce, .funds, .fees, .codelessSender] : .funds)
        } catch {
            var transaction = arguments.transaction(gas: limit)
            transaction.nonce = nonce
            throw NodeAnswer.failure(
                "err: \(ExecutionWords.refusal(error, transaction, core.rules.fork)) (supplied gas \(limit))",
                code: ExecutionWords.simulationCode(error))
        }
        budget -= min(budget, result.gasUsed)
        return SimulatedCall(
            succeeded: result.succeeded, returnData: result.outcome == .succeeded ? result.output : [],
            gasUsed: result.gasUsed, maxUsedGas: result.gasSpent, logs: [], failure: Self.failure(result))
    }

    private static func failure(_ result: ExecutionResult) -> SimulatedCall.Failure? {
        switch result.outcome {
        case .succeeded: nil
        case .reverted: .init(code: 3, message: ExecutionWords.reverted(result.output), data: result.output)
        case .halted, .refused: .init(code: -32_015, message: ExecutionWords.text(result.outcome))
        }
    }

    private func template(_ overrides: BlockOverrides) -> BlockTemplate {
        let header = parent.header
        let market = validates ? PinnedBlock(header, hash: parent.hash).nextBaseFeePerGas : .zero
        return BlockTemplate(
            timestamp: overrides.time ?? header.timestamp + BlockOrder.increment,
            feeRecipient: overrides.feeRecipient ?? header.miner, prevRandao: overrides.prevRandao ?? B256(),
            gasLimit: overrides.gasLimit ?? header.gasLimit, baseFeePerGas: overrides.baseFeePerGas ?? market,
            parentBeaconBlockRoot: overrides.beaconRoot ?? B256(), withdrawals: overrides.withdrawals ?? [])
    }

    private func root(after changes: StateChanges) -> B256 {
        guard core.configuration.hasStateRoots else { return B256() }
        // What the steps before changed too, and the overrides: those that none of the blocks made.
        var all = StateChanges()
        let own = reader.layers.count - baseLayers
        for layer in reader.layers.prefix(own).reversed() { all = all.merged(with: layer) }
        all = all.merged(with: changes)
        var copy = commitment
        let (history, number, layers) = (core.history, reader.number, [changes] + reader.layers)
        copy.apply(all) { address in
            var state = MemoryState(storage: [address: history.slots(of: address, at: number)])
            for layer in layers.reversed() {
                if let change = layer.accounts[address] { state.apply(StateChanges(accounts: [address: change])) }
            }
            return state.storage[address] ?? [:]
        }
        return copy.root
    }
}
