import EthRPC
import KeeperCore
import Logging
import ServiceLifecycle
import Synchronization

/// The loop of `run` and `dry-run --follow`: each new head is observed when it is worth it, until the process is told to stop.
struct KeeperLoop<K: Keeper>: Service {
    let runner: KeeperRunner<K>
    let provider: Provider
    let executor: any ActionExecutor
    let common: KeeperConfiguration
    let logger: Logger
    /// Called after each tick.
    let report: @Sendable (KeeperRunner<K>.Tick) -> Void

    /// A node in trouble is not asked more often than once a second.
    private static var troubleMilliseconds: UInt64 { 1000 }

    func run() async throws {
        let wake = Mutex<UInt64>(0)
        let common = common
        var heads = HeadStream(provider) { head in
            try await Self.wait(after: head, until: wake.withLock { $0 }, common)
        }
        var memory = runner.keeper.initialMemory
        var said: Set<String> = []
        var newest: UInt64 = 0
        while !Task.isShuttingDownGracefully {
            do {
                let head = try await heads.next()
                guard common.clock.age(of: head) <= common.maxHeadAge else {
                    logger.warning(
                        "the newest head is \(common.clock.age(of: head)) s old: not acting on it", metadata: Self.place(head))
                    try await Self.pause(milliseconds: common.pollMilliseconds)
                    continue
                }
                // A head stamped before the one that set the wake: that one was wrong, or is orphaned.
                if head.timestamp < newest { wake.withLock { $0 = 0 } }
                newest = head.timestamp
                guard head.timestamp >= wake.withLock({ $0 }) || executor.needsEveryHead else {
                    logger.debug("passed", metadata: Self.place(head))
                    continue
                }
                guard !common.clock.isAhead(head) else {
                    logger.warning("the newest head is stamped in the future: not acting on it", metadata: Self.place(head))
                    try await Self.pause(milliseconds: common.pollMilliseconds)
                    continue
                }
                let tick = try await runner.tick(at: head, memory: &memory)
                wake.withLock { $0 = runner.keeper.nextWake(after: head) }
                log(tick, said: &said)
                report(tick)
            } catch let error as RPCError {
                logger.warning("\(error)")
                do { try await Self.pause(milliseconds: max(common.pollMilliseconds, Self.troubleMilliseconds)) } catch { break }
            } catch is CancellationError {
                break
            }
        }
        logger.info("stopped")
    }

    /// Waits for the next poll: shortly when something is near, until the keeper's wake otherwise.
    private static func wait(after head: BlockHeader, until wake: UInt64, _ common: KeeperConfiguration) async throws {
        var milliseconds = common.pollMilliseconds
        if common.clock == .wall {
            let now = TimeSource.wallSeconds
            let rest = max(wake, now) - now
            milliseconds = max(milliseconds, min(rest, common.idleInterval) * 1000)
        }
        try await pause(milliseconds: milliseconds)
    }

    /// Sleeps; a shutdown ends it with `CancellationError`.
    private static func pause(milliseconds: UInt64) async throws {
        try await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(Int64(clamping: milliseconds))) }
    }

    private static func place(_ head: BlockHeader) -> Logger.Metadata {
        ["block": .stringConvertible(head.number), "time": .stringConvertible(head.timestamp)]
    }

    /// One line for what is done; what goes on unchanged from head to head is said once.
    private func log(_ tick: KeeperRunner<K>.Tick, said: inout Set<String>) {
        let place = Self.place(tick.head)
        var saying: Set<String> = []
        for outcome in tick.outcomes {
            switch outcome {
            case .noted, .alreadyDone: break
            case .broadcast, .minedWithEffect: logger.info("\(OutcomeText.of(outcome))", metadata: place)
            case .minedWithoutEffect: logger.warning("\(OutcomeText.of(outcome))", metadata: place)
            case .wouldSend, .pending, .deferred, .refused:
                let text = OutcomeText.of(outcome)
                guard saying.insert(text).inserted, !said.contains(text) else { continue }
                if case .refused = outcome {
                    logger.warning("\(text)", metadata: place)
                } else {
                    logger.info("\(text)", metadata: place)
                }
            }
        }
        for case .alert(let alert) in tick.decision.actions where saying.insert(alert.text).inserted && !said.contains(alert.text)
        {
            logger.warning("\(alert.text)", metadata: place)
        }
        said = saying
        logger.debug("tick", metadata: place)
    }
}
