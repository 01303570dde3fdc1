internal import EthEVM
internal import EthPrimitives
internal import EthRPC
internal import EthTransactions

/// The way to the state that a rehearsal needs, request by request.
struct StateSearch {
    private let provider: Provider
    private let codes: CodeCache
    private let methods: MissingMethods
    private let requestLimit: Int
    private let rehearsal: Rehearsal
    private let environment: BlockEnvironment
    /// Whose rules hold at the state's block.
    private let fork: Fork
    private(set) var state: PinnedState
    private(set) var requests = 0
    private let hasPattern: Bool
    /// Wanted without having been missed yet: what a rehearsal names, its pattern, a node's list.
    private var hinted: StateMisses

    init(
        _ rehearsal: Rehearsal, _ environment: BlockEnvironment, _ state: PinnedState, fork: Fork, asking provider: Provider,
        atMost requestLimit: Int, _ codes: CodeCache, _ methods: MissingMethods
    ) {
        self.requestLimit = requestLimit
        self.provider = provider
        self.codes = codes
        self.methods = methods
        self.rehearsal = rehearsal
        self.environment = environment
        self.state = state
        self.fork = fork
        hasPattern = !rehearsal.pattern.isEmpty
        hinted = rehearsal.basics(environment)
        hinted.formUnion(rehearsal.pattern.wanted(inBlock: environment.number))
    }

    /// Sends one request for what is missing.
    /// - Throws: `SimulatorError.tooManyRequests`; what the transport throws.
    mutating func fetch(_ misses: StateMisses) async throws {
        guard requests < requestLimit else { throw SimulatorError.tooManyRequests(requests, misses) }
        var wanted = misses
        wanted.formUnion(hinted)
        hinted = StateMisses()
        let asksForLists = requests == 0 && !hasPattern && !methods.contains(Self.listMethod)
        do {
            try await send(state.unknown(of: wanted), asksForLists: asksForLists)
        } catch let error as RPCError where asksForLists && methods.learn(error, of: Self.listMethod) {
            // A gateway that refuses the whole batch for one method that it does not let through.
            try await send(state.unknown(of: wanted), asksForLists: false)
        }
    }

    private static let listMethod = "eth_createAccessList"

    private mutating func send(_ wanted: StateMisses, asksForLists: Bool) async throws {
        var batch = ReadBatch(at: .hash(state.block.hash))
        let reads = StateReads(wanted, at: state.block, fork, codes, in: &batch)
        let lists = asksForLists ? rehearsal.transactions.map { batch.add(Self.query($0, state.block)) } : []
        requests += 1
        let answers = try await provider.send(batch)
        try reads.fill(&state, from: answers)
        for list in lists {
            do throws(RPCError) {
                let created = try answers.value(of: list).accessList
                hinted.formUnion(AccessPattern(created).wanted(inBlock: environment.number))
            } catch {
                // Without a list, execution tells; a node that lacks the method is not asked again.
                methods.learn(error, of: Self.listMethod)
            }
        }
    }

    /// The list at the state's block: of what happens later it may know little, but it costs nothing beside the first reads.
    private static func query(_ transaction: EVMTransaction, _ block: PinnedBlock) -> RPCQuery<CreatedAccessList> {
        var call = CallRequest(from: transaction.sender, to: transaction.recipient, data: transaction.data)
        if transaction.value != .zero { call.value = transaction.value }
        return .createAccessList(call, at: .hash(block.hash))
    }

    /// The result of the execution that missed nothing.
    /// - Parameter asked: what the machine read on its way.
    func rehearsed(_ results: [ExecutionResult], _ changes: StateChanges, _ asked: StateMisses) -> Rehearsed {
        var pattern = rehearsal.pattern
        // Who gets the fees changes from block to block, and is read anyway.
        pattern.learn(asked, inBlock: environment.number, excluding: [environment.feeRecipient])
        return Rehearsed(
            rehearsal: rehearsal, environment: environment,
            transactions: zip(rehearsal.transactions, results).map { RehearsedTransaction($0, $1, environment) },
            changes: changes, pattern: pattern, state: state, requests: requests)
    }
}
