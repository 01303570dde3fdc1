internal import EthCodec
internal import EthEVM
internal import EthPrimitives
internal import EthRPC
internal import EthTransactions

/// One transaction as nodes are asked about it.
struct NodeQuestion {
    /// Those before it in the sequence.
    private let before: [CallRequest]
    private let call: CallRequest
    private let accounts: StateOverrides?
    private let overrides: BlockOverrides
    private let block: BlockReference

    init(_ rehearsal: Rehearsal, _ index: Int, on block: PinnedBlock, _ environment: BlockEnvironment) {
        before = rehearsal.transactions[..<index].map(Self.call)
        call = Self.call(rehearsal.transactions[index])
        accounts = rehearsal.accounts.isEmpty ? nil : rehearsal.accounts
        var overrides = BlockOverrides()
        switch rehearsal.place {
        case .nextBlock(let own): overrides = own
        case .block(let known):
            overrides.feeRecipient = known.feeRecipient
            overrides.prevRandao = known.prevRandao
        }
        overrides.number = environment.number
        overrides.time = environment.timestamp
        self.overrides = overrides
        self.block = .hash(block.hash)
    }

    private static func call(_ transaction: EVMTransaction) -> CallRequest {
        var call = CallRequest(from: transaction.sender, to: transaction.recipient, data: transaction.data)
        call.gas = transaction.gasLimit
        if transaction.value != .zero { call.value = transaction.value }
        if !transaction.accessList.entries.isEmpty { call.accessList = transaction.accessList }
        call.authorizationList = transaction.authorizationList
        return call
    }

    func query(_ method: NodeOpinion.Method) -> RPCQuery<NodeOpinion> {
        switch method {
        case .simulate: simulation
        case .estimate: estimate
        case .trace: trace
        }
    }

    private var simulation: RPCQuery<NodeOpinion> {
        let calls = before + [call]
        let block = Simulation.Block(overrides: overrides, accounts: accounts, calls: calls)
        return RPCQuery<[SimulatedBlock]>.simulate(Simulation([block], validation: false), on: self.block).map {
            (blocks) throws(RPCError) in
            // A height further up has blocks without calls in between.
            let answer = blocks.last?.calls ?? []
            guard answer.count == calls.count, let call = answer.last else {
                throw RPCError(.malformedResult, "expected \(calls.count) calls, got \(answer.count)", method: "eth_simulateV1")
            }
            return NodeOpinion(
                .simulate, succeeded: call.succeeded, gas: call.gasUsed, failure: call.failure?.nodeError.text)
        }
    }

    private var estimate: RPCQuery<NodeOpinion> {
        var call = call
        // The node looks for it, and the ample limit may be above its own.
        call.gas = nil
        return RPCQuery<Gas>.estimateGas(call, at: block, accounts: accounts, overrides: overrides).map {
            NodeOpinion(.estimate, succeeded: true, gas: $0)
        }
    }

    private var trace: RPCQuery<NodeOpinion> {
        let configuration = JSON.object([
            "tracer": "callTracer", "tracerConfig": .object(["onlyTopCall": true]), "blockOverrides": overrides.json,
            "stateOverrides": accounts?.json,
        ])
        return RPCQuery("debug_traceCall", [call.json, block.json, configuration]) { (frame) throws(RPCError) in
            let failure = try frame.optional("error").map { (error) throws(RPCError) in
                VisibleText.line(try error.text()).shortened(to: 300)
            }
            return NodeOpinion(
                .trace, succeeded: failure == nil, gas: try frame.member("gasUsed").uint64(), failure: failure)
        }
    }
}

extension NodeOpinion {
    /// What an error in the place of an answer says of the transaction; `nil` if it says nothing of it.
    init?(_ error: RPCError, by method: Method) {
        guard method == .estimate else { return nil }
        switch error.nodeError?.kind {
        case .executionReverted, .outOfGas, .gasAllowanceExceeded, .invalidOpcode, .vmError:
            self.init(.estimate, succeeded: false, gas: nil, failure: error.message)
        default: return nil
        }
    }
}
