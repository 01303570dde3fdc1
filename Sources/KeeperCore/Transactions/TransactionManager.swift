import EthPrimitives
public import EthRPC
public import EthTransactions
public import KeeperTransactions
import Synchronization

/// Everything that one signing address sends: `TransactionMachine` decides, this class does.
///
///     let manager = try TransactionManager(configuration, nodes: pool, signer: signer, store: store)
///     async let end: Void = manager.run()
///     let news = try await manager.tick(wishes, at: head)        // at each head
///
/// Events come one after the other from a mailbox with one reader, and all actions of an event are begun, in their order, before the
/// next event is told. It is no actor: at each `await` an actor takes the next message in, whose actions would then overtake the
/// rest of those before. Writes are over when the next action begins; signatures, broadcasts and searches go on beside, and their
/// answers come as events, one for each.
public final class TransactionManager: Sendable {
    public let configuration: MachineConfiguration
    let nodes: any TransactionNodes
    let signer: any Signer
    let store: any Store
    let finality: Finality
    let limits: ManagerLimits
    let clock: RPCClock
    let notify: @Sendable (TransactionNews) -> Void
    /// Told of each event and what the machine asked for: for tests and traces.
    let trace: (@Sendable (MachineEvent, [MachineAction]) -> Void)?
    let mailbox = Mailbox<Message>()
    private let shared: Mutex<Shared>

    struct Shared: Sendable {
        /// Begins with this; taken by `run`.
        var machine: TransactionMachine?
        var status: ManagerStatus
        /// Since the last tick that took them.
        var reports: [TransactionReport] = []
    }

    /// What the reader of the mailbox gets.
    enum Message: Sendable {
        /// The answer to an action.
        case answer(MachineEvent)
        /// A head, to be read from a node and told.
        case look(BlockHeader, Reply<Void>)
        /// What the keeper wishes at a head.
        case wished([TransactionIntent], at: BlockHeader, Reply<Void>)
        case order(OperatorOrder, Reply<Void>)
        case drain
    }

    /// Reads the records of the account and begins with them.
    /// - Parameters:
    ///   - clock: for the times that signer and nodes may take.
    ///   - notify: told news as they happen.
    /// - Throws: `StoreError`; `ManagerError` if the records contradict each other, or the signer is another account's.
    public convenience init(
        _ configuration: MachineConfiguration, nodes: any TransactionNodes, signer: any Signer, store: any Store,
        finality: Finality = .tag, limits: ManagerLimits = ManagerLimits(), clock: RPCClock = .continuous,
        notify: @escaping @Sendable (TransactionNews) -> Void = { _ in }
    ) throws {
        try self.init(
            configuration, nodes: nodes, signer: signer, store: store, finality: finality, limits: limits, clock: clock,
            notify: notify, trace: nil)
    }

    init(
        _ configuration: MachineConfiguration, nodes: any TransactionNodes, signer: any Signer, store: any Store,
        finality: Finality, limits: ManagerLimits, clock: RPCClock, notify: @escaping @Sendable (TransactionNews) -> Void,
        trace: (@Sendable (MachineEvent, [MachineAction]) -> Void)?
    ) throws {
        guard signer.address == configuration.account else {
            throw ManagerError(
                .wrongSigner(signer.address), "the signer is \(signer.address)'s, not \(configuration.account)'s")
        }
        let account = StoreAccount(chainID: configuration.chainID, address: configuration.account)
        let records = try store.records(of: account)
        let state: MachineState
        do throws(RecordError) { state = try MachineState(replaying: records) } catch {
            throw ManagerError(.damaged, "the records of \(configuration.account) contradict each other: \(error)")
        }
        self.configuration = configuration
        (self.nodes, self.signer, self.store, self.finality) = (nodes, signer, store, finality)
        (self.limits, self.clock, self.notify, self.trace) = (limits, clock, notify, trace)
        let machine = TransactionMachine(configuration, state: state)
        shared = Mutex(
            Shared(machine: machine, status: ManagerStatus(state: state, isIdle: machine.isIdle, isQuiet: machine.isQuiet)))
    }

    var account: StoreAccount { StoreAccount(chainID: configuration.chainID, address: configuration.account) }

    /// Where the account stands.
    public var status: ManagerStatus { withShared { $0.status } }

    func withShared<T: Sendable>(_ body: (inout Shared) -> T) -> T { shared.withLock { body(&$0) } }

    // MARK: - For the runner

    /// One head: reads a view of it, tells it and what the keeper wishes at it, and waits until what that leads to is done, or for
    /// the time of a tick.
    /// - Parameter wishes: everything that is wished; `nil` if the keeper was not asked.
    /// - Returns: the news since the last tick.
    /// - Throws: `RPCError` if no node gives a view: then the wishes are not told either. `ManagerError` once it has ended.
    @discardableResult
    public func tick(_ wishes: [TransactionIntent]?, at head: BlockHeader) async throws -> [TransactionReport] {
        try await send { .look(head, $0) }
        if let wishes { try await send { .wished(wishes, at: head, $0) } }
        return takeReports()
    }

    /// The first half of a tick: tells the view of a head.
    public func look(at head: BlockHeader) async throws -> [TransactionReport] { try await tick(nil, at: head) }

    /// The second half: tells what is wished at the head of the last look.
    public func wish(_ wishes: [TransactionIntent], at head: BlockHeader) async throws -> [TransactionReport] {
        try await send { .wished(wishes, at: head, $0) }
        return takeReports()
    }

    /// Tells what an operator asks for.
    public func order(_ order: OperatorOrder) async throws { try await send { .order(order, $0) } }

    /// Takes no more ticks and orders; `run` returns when what is under way is done. What waits to be mined is durable, and the next
    /// process goes on with it.
    public func drain() { mailbox.post(.drain) }

    private func takeReports() -> [TransactionReport] {
        withShared { shared in
            defer { shared.reports.removeAll() }
            return shared.reports
        }
    }

    /// Posts a message and waits until it is done with, or for the time of a tick.
    private func send(_ message: (Reply<Void>) -> Message) async throws {
        let reply = Reply<Void>()
        guard mailbox.post(message(reply)) else { throw Self.stopped }
        let failure: (any Error)?
        do {
            failure = try await clock.limit(limits.tick) {
                do {
                    try await reply.value()
                    return nil
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    return error
                }
            }
        } catch let error as RPCError where error.code == .timeout {
            // What is under way goes on; its news come with a later tick.
            return
        }
        if let failure { throw failure }
    }

    static let stopped = ManagerError(.stopped, "the transaction manager does not run any more")
}
