import EthTransactions
import EthPrimitives
import EthRPC
import KeeperTesting
import KeeperTransactions
import Synchronization

@testable import KeeperCore
@testable import Simulation

/// One run: the real manager with the real pool in the simulated world, on one thread and a clock that jumps from one sleeper to the
/// next. The same seed gives the same run. A crash is a process whose hands fall off: at any moment between two of its jobs, or right
/// before or after a write.
final class ShellRun: Sendable {
    private static let slot = Duration.seconds(12)
    private static let calmBlocks: UInt64 = 160

    private let chain: WorldChain
    private let clock = MockClock()
    private let executor = StepExecutor()
    private let process = Mutex<Process>(Process())

    private struct Process {
        var task: Task<Void, Never>?
        var manager: TransactionManager?
        var restartsAt: MockClock.Instant?
    }

    struct Result: Sendable {
        var violation: String?
        var tally: ShellTally
    }

    init(seed: UInt64, kind: SimulationKind, mutant: ShellMutant? = nil) throws {
        chain = try WorldChain(seed: seed, kind: kind, clock: clock, mutant: mutant)
    }

    func run() -> Result {
        start()
        var nextSlot = Self.slot
        var calmSince: UInt64?
        while violation == nil {
            settle()
            let now = clock.now.offset
            var next = min(nextSlot, clock.nextDeadline?.offset ?? nextSlot)
            if let restart = process.withLock({ $0.restartsAt }) { next = min(next, restart.offset) }
            clock.advance(to: .init(offset: max(now, next)))
            if let restart = process.withLock({ $0.restartsAt }), restart <= clock.now { start() }
            guard clock.now.offset >= nextSlot else { continue }
            nextSlot += Self.slot
            let height = propose()
            if calmSince == nil, height >= chain.with({ $0.scenario.stormBlocks }) { calmSince = calm() }
            if let calmSince, isDone(calmSince) { break }
        }
        finish()
        return Result(violation: violation, tally: chain.with { $0.tally })
    }

    private var violation: String? { chain.with { $0.objection ?? $0.inspector.violation.map { "\($0)" } } }

    // MARK: - The world

    private func propose() -> UInt64 {
        chain.with { state in
            state.time += Scenario.blockTime
            if state.dice.happens(state.faults.timeJump) { state.time += Scenario.blockTime * UInt64(state.dice.from(2, to: 60)) }
            state.world.propose(at: state.time)
            return state.world.tip.number
        }
    }

    private func calm() -> UInt64 {
        let height = chain.with { state in
            state.faults = .none
            state.world.calm()
            state.time = state.world.tip.time
            return state.world.tip.number
        }
        if process.withLock({ $0.restartsAt }) != nil { start() }
        return height
    }

    private func isDone(_ calmSince: UInt64) -> Bool {
        let (blocks, isPoked) = chain.with { state in
            (
                state.world.tip.number - calmSince,
                state.world.slots.suffix(state.scenario.targets).allSatisfy {
                    state.world.tip.poked & (1 << UInt64($0.index)) != 0
                }
            )
        }
        if blocks >= Self.calmBlocks { return true }
        guard blocks > Scenario.finality + 4, let status = process.withLock({ $0.manager })?.status else { return false }
        return status.isIdle && status.underWay == 0 && status.state.isAdopted && isPoked
    }

    // MARK: - The process

    /// Runs what can run now. Between any two jobs the process may die.
    private func settle() {
        let crash = chain.with { $0.faults.crash }
        var jobs = 0
        while executor.step() {
            jobs += 1
            guard crash > 0, chain.with({ $0.isUp && $0.dice.below(1_000_000) < crash * 8 }) else { continue }
            chain.with { $0.die() }
            bury()
        }
        chain.with { $0.tally.jobs += jobs }
        // It ended by itself, or died in a write.
        if process.withLock({ $0.task }) != nil, !chain.with({ $0.isUp }) { bury() }
    }

    private func bury() {
        let task = process.withLock { process in
            defer { (process.task, process.manager) = (nil, nil) }
            process.restartsAt = clock.now.advanced(by: .milliseconds(chain.pick(500, 60_000)))
            return process.task
        }
        task?.cancel()
        executor.drain()
    }

    private func start() {
        process.withLock { $0.restartsAt = nil }
        let life = chain.with { state in
            state.life += 1
            state.isUp = true
            (state.questions, state.watched, state.headTime) = (OpenQuestions(), [], 0)
            return state.life
        }
        let (chain, nodes) = (chain, WorldNodes(chain, life: life))
        let manager: TransactionManager
        do {
            let configuration = chain.with {
                MachineConfiguration(
                    chainID: 1, account: chain.key.address, policy: $0.scenario.policy, fees: $0.scenario.fees)
            }
            let policy = SigningPolicy(configuration, contracts: Scenario.callable)
            manager = try TransactionManager(
                configuration, nodes: nodes, signer: PolicySigner(WorldSigner(chain: chain, life: life), policy),
                store: WorldStore(chain: chain, life: life), finality: .tag, limits: ManagerLimits(), clock: RPCClock(clock),
                notify: { _ in }, trace: { chain.observe($0, $1, life: life) })
        } catch {
            return chain.object("no start: \(error)")
        }
        let clock = clock
        let task = Task(executorPreference: executor) {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    do { try await manager.run() } catch let error as ManagerError where error.code == .damaged {
                        chain.object("\(error)")
                    } catch {}
                }
                group.addTask { await Self.follow(chain, nodes, manager, clock) }
                await group.next()
                group.cancelAll()
            }
            chain.with { if $0.life == life { $0.die() } }
        }
        process.withLock { ($0.task, $0.manager) = (task, manager) }
    }

    /// The runner: looks at each head, a while after its block.
    private static func follow(_ chain: WorldChain, _ nodes: WorldNodes, _ manager: TransactionManager, _ clock: MockClock) async
    {
        while !Task.isCancelled {
            let slots = clock.now.offset / slot
            let next = slot * Int64(slots.rounded(.down)) + slot + .milliseconds(chain.pick(200, 9_000))
            do {
                try await clock.sleep(until: .init(offset: next))
                if chain.happens(\.noLook) { continue }
                for _ in 0...(chain.happens { $0.noLook / 3 } ? 1 : 0) {
                    let head = try await nodes.pool.newestHead(everybody: true)
                    let wishes = chain.wishes(at: head)
                    chain.with { $0.tally.ticks += 1 }
                    try await manager.tick(chain.happens(\.noWish) ? nil : wishes, at: head)
                }
                if chain.happens(\.anOrder), let order = chain.order(manager.status) { try await manager.order(order) }
            } catch is ManagerError {
                return
            } catch {
                chain.with { $0.tally.failedTicks += 1 }
            }
        }
    }

    // MARK: - The end

    private func finish() {
        process.withLock { $0.manager }?.drain()
        settle()
        process.withLock { $0.task }?.cancel()
        executor.drain()
        chain.with { state in
            guard state.objection == nil else { return }
            if !state.questions.isEmpty { state.object("asked and never told: \(state.questions)") }
            state.checkJournal()
            state.inspector.finish(state.records, nil, state.world)
        }
    }
}

extension WorldChain {
    fileprivate func wishes(at head: BlockHeader) -> [TransactionIntent] {
        with { state in state.block(head.hash).map { state.world.wishes(at: $0) } ?? [] }
    }

    fileprivate func order(_ status: ManagerStatus) -> OperatorOrder? {
        let keys = status.state.wanted.map(\.key) + status.state.bindings.compactMap(\.key)
        return with { state in
            switch state.dice.below(4) {
            case 0: keys.isEmpty ? nil : .cancel(keys[state.dice.below(keys.count)])
            case 1: status.state.bindings.first.map { .bump($0.nonce) }
            case 2: .pause(until: state.world.tip.time + UInt64(state.dice.from(12, to: 240)))
            default: .resume
            }
        }
    }
}
