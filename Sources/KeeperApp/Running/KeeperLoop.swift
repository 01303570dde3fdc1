import EthRPC
import KeeperCore
import Logging
import ServiceLifecycle
import Synchronization

/// The loop of `run` and `dry-run --follow`: each new head is observed when it is worth it, until the process is told to stop.
struct KeeperLoop<K: Keeper>: Service {
    let runner: KeeperRunner<K>
    /// Asks for the newest head: of every node, or only of those that need asking.
    let newestHead: @Sendable (_ everybody: Bool) async throws -> BlockHeader
    /// A node that pushes heads; polling stands in while it is silent.
    var pushed: (any HeadSubscribing)?
    let provider: Provider
    let executor: any ActionExecutor
    let common: KeeperConfiguration
    let logger: Logger
    /// Where the keeper's memory is kept from process to process; `nil` for nowhere.
    var memories: StoredMemory?
    var time = LoopTime.wall
    /// Told what the loop does and meets.
    var watch: @Sendable (LoopNews) -> Void = { _ in }
    /// Called after each tick.
    let report: @Sendable (KeeperRunner<K>.Tick) -> Void
    /// Whether a tick was the last.
    var isOver: @Sendable (KeeperRunner<K>.Tick) -> Bool = { _ in false }

    /// A node in trouble is not asked more often than once a second.
    private static var troubleMilliseconds: UInt64 { 1000 }
    /// Missed heads that are asked for while something is in flight: more than any reorganisation on proof of stake so far.
    private static var reach: Int { 16 }
    /// Seconds without a pushed head before heads are polled, where the chain's slots say nothing.
    private static var silence: UInt64 { 30 }

    func run() async throws {
        let wake = Mutex<UInt64>(0)
        let executor = executor
        // While something is in flight every head is looked at, and none slept through.
        var feed = HeadFeed(heads { executor.needsEveryHead ? 0 : wake.withLock { $0 } }, provider: provider)
        var memory = try initialMemory()
        var said: Set<String> = []
        var gist: DecisionGist?
        var newest: UInt64 = 0
        while !Task.isShuttingDownGracefully {
            watch(.alive)
            do {
                let news = try await feed.next(reach: executor.needsEveryHead ? Self.reach : 0)
                let head = news.head
                for reorganisation in news.reorganisations {
                    tell(reorganisation)
                    watch(.reorganised(depth: reorganisation.depth, abandoned: Set(reorganisation.abandoned.map(\.hash))))
                    wake.withLock { $0 = 0 }
                }
                guard news.isNewest else {
                    logger.debug("passed", metadata: Self.place(head))
                    continue
                }
                let now = time.now() / 1000
                guard common.clock.age(of: head, now: now) <= common.maxHeadAge else {
                    let text = "the newest head is \(common.clock.age(of: head, now: now)) s old: not acting on it"
                    logger.warning("\(text)", metadata: Self.place(head))
                    watch(.blind(text))
                    try await time.sleep(common.pollMilliseconds)
                    continue
                }
                // A head stamped before the one that set the wake: that one was wrong, or is orphaned.
                if head.timestamp < newest { wake.withLock { $0 = 0 } }
                newest = head.timestamp
                guard head.timestamp >= wake.withLock({ $0 }) || executor.needsEveryHead else {
                    logger.debug("passed", metadata: Self.place(head))
                    watch(.passed(head))
                    continue
                }
                guard !common.clock.isAhead(head, now: now) else {
                    let text = "the newest head is stamped in the future: not acting on it"
                    logger.warning("\(text)", metadata: Self.place(head))
                    watch(.blind(text))
                    try await time.sleep(common.pollMilliseconds)
                    continue
                }
                let began = time.now()
                let tick = try await runner.tick(at: head, memory: &memory)
                wake.withLock { $0 = min(runner.keeper.nextWake(after: head), executor.nextLook) }
                report(tick)
                watch(.ticked(TickGist(tick), milliseconds: time.now() - min(began, time.now())))
                // Last: who reads the log finds the rest done.
                log(tick, said: &said)
                note(tick, after: &gist)
                if isOver(tick) { break }
            } catch let error as RPCError {
                logger.warning("\(error)")
                watch(.blind("\(error)"))
                do { try await time.sleep(max(common.pollMilliseconds, Self.troubleMilliseconds)) } catch { break }
            } catch let error as StoreError where error.code == .failed {
                // A full disk may have room again; what cannot be written down does not happen.
                logger.error("\(error)")
                watch(.storeFailed("\(error)"))
                do { try await time.sleep(max(common.pollMilliseconds, Self.troubleMilliseconds)) } catch { break }
            } catch is CancellationError {
                break
            }
        }
        logger.info("stopped")
    }

    /// What an earlier process remembered.
    private func initialMemory() throws -> K.Memory {
        try memories?.load(K.Memory.self) ?? runner.keeper.initialMemory
    }

    /// Heads as the configuration has them come.
    private func heads(_ wake: @escaping @Sendable () -> UInt64) -> any HeadSubscribing {
        let schedule = PollSchedule(common)
        let (time, newestHead, common, watch) = (time, newestHead, common, watch)
        let polled = PollingHeads(
            poll: { last in
                watch(.alive)
                let head = try await newestHead(last.map { schedule.isLate(after: $0, now: time.now()) } ?? true)
                // Nodes that show the same head again and again are of no use, and tell nothing new.
                if last?.hash == head.hash, common.clock.age(of: head, now: time.now() / 1000) > common.maxHeadAge {
                    watch(.blind("the newest head is \(common.clock.age(of: head, now: time.now() / 1000)) s old"))
                }
                return head
            },
            wait: { head in try await time.sleep(schedule.wait(after: head, wake: wake(), now: time.now())) })
        guard let pushed else { return polled }
        let silence = common.slots.map { 2 * $0.length + 1 } ?? Self.silence
        return FallbackHeads(pushed, else: polled, silence: .seconds(Int64(clamping: silence))) {
            // Cancelled: heads are not wanted any more either.
            try? await gracefulShutdown()  // see above
        }
    }

    private func tell(_ reorganisation: HeadChain.Reorganisation) {
        func branch(_ blocks: [BlockHeader]) -> Logger.Metadata.Value {
            .string(blocks.map { "\($0.number) \($0.hash)" }.joined(separator: ", "))
        }
        logger.warning(
            reorganisation.depth > 0
                ? "reorganisation of depth \(reorganisation.depth)" : "an abandoned branch is back on the chain",
            metadata: [
                "ancestor": branch([reorganisation.ancestor]), "abandoned": branch(reorganisation.abandoned),
                "adopted": branch(reorganisation.adopted),
            ])
    }

    private static func place(_ head: BlockHeader) -> Logger.Metadata {
        ["block": .stringConvertible(head.number), "blockTime": .stringConvertible(head.timestamp)]
    }

    /// Why it acts or does not, where that is another reason than at the head before.
    private func note(_ tick: KeeperRunner<K>.Tick, after gist: inout DecisionGist?) {
        let new = DecisionGist(tick.decision)
        defer { gist = new }
        guard gist != new, let reason = tick.decision.notes.first else { return }
        logger.info("\(reason.text)", metadata: Self.place(tick.head).merging(["reason": .string(reason.code)]) { $1 })
    }

    /// One line for what is done; what goes on unchanged from head to head is said once.
    private func log(_ tick: KeeperRunner<K>.Tick, said: inout Set<String>) {
        let place = Self.place(tick.head)
        var saying: Set<String> = []
        for outcome in tick.outcomes {
            switch outcome {
            case .noted, .alreadyDone: break
            case .broadcast, .cancelling, .mined, .minedWithEffect, .cancelled, .satisfiedByOther:
                logger.info("\(OutcomeText.of(outcome))", metadata: place)
            case .minedWithoutEffect, .reorganised, .expired: logger.warning("\(OutcomeText.of(outcome))", metadata: place)
            case .wouldSend, .pending, .refused:
                let text = OutcomeText.of(outcome)
                guard saying.insert(text).inserted, !said.contains(text) else { continue }
                if case .refused = outcome {
                    logger.warning("\(text)", metadata: place)
                } else {
                    logger.info("\(text)", metadata: place)
                }
            }
        }
        let decided = tick.decision.actions.compactMap { action in
            if case .alert(let alert) = action { alert } else { nil }
        }
        for alert in decided + tick.alerts where saying.insert(alert.text).inserted && !said.contains(alert.text) {
            logger.warning("\(alert.text)", metadata: place)
        }
        said = saying
        logger.debug("tick", metadata: place)
    }
}
