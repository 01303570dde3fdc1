import EthRPC
import Foundation
import Synchronization

/// One life of `poker run`.
final class MortalPoker: Sendable {
    /// How a life ended.
    enum End: Equatable {
        case killed
        case exited(Int32)
    }

    let began = ContinuousClock.now
    let log: LineReader
    private let process: Process
    private let ended: DispatchSemaphore
    private let wasPutDown = Mutex(false)

    /// Real seconds within which a process must get on; the machine may be busy.
    private static let patience = 90

    init(_ home: StoreHome, _ chain: LocalChain, program: URL) throws {
        let started = try StartedPoker(
            program, ["run", "--config", home.config.path, "--rpc-url", chain.url], key: home.key)
        (process, log, ended) = (started.process, started.log, started.ended)
    }

    deinit { putDown() }

    /// By its number as long as that is its own.
    private func putDown() { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// Waits until it has dealt with a block.
    func see(_ head: BlockHeader) async throws {
        try await line("block \(head.number)") { StartedPoker.deals($0, with: head) }
    }

    /// Waits until it begins its loop.
    func start() async throws { try await line("its start") { $0.contains("\"message\":\"started\"") } }

    /// - Throws: `KillFailure` if it ended, or did not get that far in time.
    private func line(_ what: String, _ fits: @escaping @Sendable (String) -> Bool) async throws {
        let log = log
        let alarm = DispatchSource.makeTimerSource()
        alarm.schedule(deadline: .now() + .seconds(Self.patience))
        alarm.setEventHandler { [self] in
            wasPutDown.withLock { $0 = true }
            putDown()
        }
        alarm.resume()
        defer { alarm.cancel() }
        guard await log.line(after: 0, where: fits) == nil else { return }
        let why =
            wasPutDown.withLock { $0 } ? "did not reach \(what) within \(Self.patience) s" : "ended before \(what): \(wait())"
        throw KillFailure("the poker \(why). Its last lines:\n\(log.lines.suffix(5).joined(separator: "\n"))")
    }

    /// Asks it to end.
    func stop() { process.terminate() }

    /// Kills it as soon as a moment has come.
    func strike(when moment: @escaping @Sendable () -> Bool) async -> End {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in
                while process.isRunning, !moment() { usleep(20) }
                putDown()
                continuation.resume(returning: wait())
            }
        }
    }

    /// Waits for its end.
    func wait() -> End {
        ended.wait()
        ended.signal()
        return process.terminationReason == .uncaughtSignal ? .killed : .exited(process.terminationStatus)
    }
}

/// What must not happen happened.
struct KillFailure: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
