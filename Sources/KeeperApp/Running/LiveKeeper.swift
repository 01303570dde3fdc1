import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperStore
import KeeperTransactions
import Logging
import ServiceLifecycle

/// A keeper with all that it needs to send: the lock on its store, its key behind the policy, the manager of its transactions.
struct LiveKeeper<P: KeeperProgram> {
    let wiring: Wiring<P>
    let store: SQLiteStore
    let monitor: KeeperMonitor
    let nodes: ConfiguredNodes
    let keeper: P.K
    let manager: TransactionManager
    let executor: ManagedExecutor
    /// Whose records are in the store.
    let owner: StoreAccount
    let journal: StoreJournal
    let logger: Logger
    /// The newest head as it began.
    let head: BlockHeader

    /// Asks the nodes, and writes down with what it begins.
    /// - Parameter mayBeRetired: whether a store will do that a retired keeper left.
    /// - Throws: what the parts throw; `SecondProcess` if the account sends without this store knowing.
    init(_ premises: Premises<P>, mayBeRetired: Bool = false) async throws {
        let (wiring, logger, monitor) = (premises.wiring, premises.logger, premises.monitor)
        (self.wiring, self.logger, self.monitor, store) = (wiring, logger, monitor, premises.store)
        let meter = RPCMeter()
        nodes = try wiring.nodes(meter)
        let provider = Provider(nodes.pool)
        let account = premises.signer.address
        head = try await wiring.firstHead(nodes.pool)
        let setup = try await wiring.setup(sender: account, at: head, through: provider)
        keeper = try P.keeper(wiring.configuration, wiring.common, setup)
        let configuration = wiring.machine(of: account)
        manager = try TransactionManager(
            configuration, nodes: nodes.pool, signer: wiring.policed(premises.signer, for: keeper), store: store,
            finality: wiring.common.finality, clock: wiring.environment.clock,
            notify: { news in
                Wiring<P>.tell(news, logger)
                monitor.take(news)
            })
        executor = ManagedExecutor(manager)
        owner = StoreAccount(chainID: configuration.chainID, address: account)
        journal = StoreJournal(store, of: owner)
        if !mayBeRetired { try requireActive() }
        try await requireAlone(account)
        try journal.append(
            JournalRecord.start(
                version: KeeperVersion.current, program: P.name, name: wiring.common.name, account: account,
                config: wiring.digest, setup: setup, at: head))
        monitor.watch(nodes.pool, manager, meter)
    }

    /// The account whose key this is.
    var account: Address { owner.address }

    /// What the loop stands on, in the order of their start.
    var services: [any Service] {
        [
            ManagerService(manager: manager),
            OrderService(
                desk: store, manager: manager, account: owner, clock: wiring.common.clock, logger: logger,
                time: wiring.environment.time),
        ]
    }

    /// Says that it begins.
    func tellStart() {
        logger.info(
            "started",
            metadata: [
                "account": .string(account.description), "mode": .string(wiring.common.mode.rawValue),
                "version": .string(KeeperVersion.current),
            ])
    }

    /// What ends the keeper.
    var retirement: Retirement {
        let (pool, manager) = (nodes.pool, manager)
        let quiet = StoreJournal(store, of: owner, keepsEvidence: false)
        let loop = KeeperLoop(
            runner: KeeperRunner(RetiringKeeper(), nodes: pool, executor: executor, journal: quiet, logger: logger),
            newestHead: { try await pool.newestHead(everybody: $0) }, pushed: nodes.pushed, provider: Provider(pool),
            executor: executor, common: wiring.common, logger: logger, report: { _ in }, isOver: { _ in manager.status.isIdle })
        return Retirement(loop: loop, manager: manager, nodes: pool)
    }

    private func requireActive() throws {
        guard manager.status.state.pausedUntil >= Retirement.forever else { return }
        let isResumed = try store.openRequests().contains { $0.request == .resume }
        guard isResumed else {
            throw PolicyRefusal(
                description: "this keeper was retired: \"\(P.name) resume --leave\" makes it one again, another store another one"
            )
        }
    }

    private func requireAlone(_ account: Address) async throws {
        let history = try await AccountHistory.read(
            manager.status.state, of: account, at: head, wiring.common.finality, through: Provider(nodes.pool))
        guard let history else {
            return logger.warning(
                "the store is new: nothing is sent before the account has been quiet for a while. \"\(P.name) pending adopt\" ends the wait"
            )
        }
        try history.requireAlone(account)
        if history.unknown > 0 {
            logger.warning("the account sent \(history.unknown) transactions that this store does not know; they are final")
        }
    }

    /// - Parameters:
    ///   - report: called after each tick.
    ///   - isOver: whether a tick was the last.
    func loop(
        report: @escaping @Sendable (KeeperRunner<P.K>.Tick) -> Void = { _ in },
        isOver: @escaping @Sendable (KeeperRunner<P.K>.Tick) -> Bool = { _ in false }
    ) -> KeeperLoop<P.K> {
        let pool = nodes.pool
        let memories = StoredMemory(store, of: wiring.common.name)
        let (monitor, keeper) = (monitor, keeper)
        return KeeperLoop(
            runner: KeeperRunner(
                keeper, nodes: pool, quorum: wiring.quorum, executor: executor, journal: journal, memories: memories,
                logger: logger),
            newestHead: { try await pool.newestHead(everybody: $0) }, pushed: nodes.pushed, provider: Provider(pool),
            executor: executor, common: wiring.common, logger: logger, memories: memories,
            time: wiring.environment.time, watch: { monitor.take($0) },
            report: { tick in
                monitor.take(P.work(tick.snapshot, keeper, at: tick.head), at: tick.head)
                report(tick)
            }, isOver: isOver)
    }
}
