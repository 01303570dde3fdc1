import ArgumentParser
import EthPrimitives
import EthRPC
import Foundation
import KeeperCore
import Logging
import ServiceLifecycle

/// `record`: writes the keeper's reads at each head to a cassette, with the logs and receipts that prove what others did.
struct RecordCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "record", abstract: "Record the keeper's reads to a cassette that backtest replays.")
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var node: NodeOptions

    @Option(name: .shortAndLong, help: "The file to write; a name ending in .gz is compressed.")
    var output: String

    @Option(help: "Stop at the first head at or after this time, such as 2022-09-15T23:59:59Z or unix seconds.")
    var until: String?

    private var untilSeconds: UInt64? { until.flatMap { UInt64($0) ?? Self.seconds(iso: $0) } }

    private static func seconds(iso text: String) -> UInt64? {
        ISO8601DateFormatter().date(from: text).map { UInt64(max(0, $0.timeIntervalSince1970)) }
    }

    func validate() throws {
        if let until, untilSeconds == nil {
            throw ValidationError("--until: expected a time such as 2022-09-15T23:59:59Z or unix seconds, got \"\(until)\"")
        }
    }

    func run() async throws {
        var loader = options.loader()
        node.apply(to: &loader)
        let wiring = try Wiring<P>(loader)
        let pool = try wiring.nodes().pool
        _ = try await wiring.firstHead(pool)
        let writer = try CassetteWriter(path: output, chainID: wiring.common.chainID)
        let recorder = Recorder<P>(
            wiring: wiring, pool: pool, writer: writer, until: untilSeconds, logger: wiring.logger)
        let ended = await Result.catching { try await runUntilStopped(recorder, wiring.logger) }
        // Whatever ended it, the heads that were recorded are whole and make a good recording.
        try writer.finish()
        // A file without a single exchange is of no use and would be in the way of the next attempt.
        if writer.count == 0 { try FileManager.default.removeItem(atPath: output) }
        Terminal.note("\(writer.count) exchanges recorded in \(output)")
        try ended.get()
    }
}

/// The recording loop. Heads are polled beside the recording; what the keeper reads goes through it.
private struct Recorder<P: KeeperProgram>: Service {
    let wiring: Wiring<P>
    let pool: NodePool
    let writer: CassetteWriter
    let until: UInt64?
    let logger: Logger

    func run() async throws {
        let milliseconds = Int64(clamping: wiring.common.pollMilliseconds)
        let pause: @Sendable () async throws -> Void = {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(milliseconds)) }
        }
        let pool = pool
        var heads = HeadFeed(
            PollingHeads(poll: { try await pool.newestHead(everybody: $0 == nil) }, wait: { _ in try await pause() }),
            provider: Provider(pool))
        var keeper: P.K?
        var recordedHeads = 0
        while !Task.isShuttingDownGracefully {
            do {
                let head = try await patiently(pause) { try await heads.next() }.head
                if let until, head.timestamp >= until { break }
                let current = try await patiently(pause) {
                    try await together(at: head) { try await keeperOnce(&keeper, head, $0) }
                }
                try await patiently(pause) { try await together(at: head) { try await observe(current, head, $0) } }
                recordedHeads += 1
                if recordedHeads % 100 == 0 {
                    logger.info("recorded \(recordedHeads) heads", metadata: ["block": .stringConvertible(head.number)])
                }
            } catch is CancellationError {
                break
            }
        }
    }

    /// Attempts at one head before the recording ends with an error.
    private static var attempts: Int { 10 }

    /// Tries again when the node gives no usable answer.
    private func patiently<T>(_ pause: () async throws -> Void, _ work: () async throws -> T) async throws -> T {
        for _ in 1..<Self.attempts {
            do { return try await work() } catch let error as RPCError {
                logger.warning("\(error)")
                try await pause()
            }
        }
        return try await work()
    }

    /// Reads that belong together, from one node: recorded when all of them succeed, and not at all otherwise.
    private func together<T>(at head: BlockHeader, _ work: (Provider) async throws -> T) async throws -> T {
        guard let session = pool.session(at: head) else { throw RPCError(.unreachable, "there is no node to ask") }
        let recording = RecordingTransport(session, to: writer)
        do { return try await recording.together { try await work(Provider(recording)) } } catch let error as RPCError {
            session.discredit("\(error)")
            throw error
        }
    }

    private func keeperOnce(_ keeper: inout P.K?, _ head: BlockHeader, _ recorded: Provider) async throws -> P.K {
        if let keeper { return keeper }
        let made = try await wiring.keeper(sender: nil, at: head, through: recorded)
        keeper = made
        return made
    }

    private func observe(_ keeper: P.K, _ head: BlockHeader, _ recorded: Provider) async throws {
        try await RecordingScope.$head.withValue(head) {
            _ = try await keeper.observe(head, through: recorded)
            try await RecordingScope.$note.withValue("evidence") {
                try await RecordingScope.$onlyWithResults.withValue(true) {
                    try await evidence(P.watched(keeper), head, recorded)
                }
            }
        }
    }

    private func evidence(_ watched: [Address], _ head: BlockHeader, _ recorded: Provider) async throws {
        guard !watched.isEmpty else { return }
        let logs = try await recorded.logs(of: watched, in: head.hash)
        var seen: Set<TransactionHash> = []
        for log in logs where seen.insert(log.transactionHash).inserted {
            _ = try await recorded.receipt(log.transactionHash)
        }
    }
}

extension Result where Failure == any Error, Success == Void {
    /// The outcome of work, to be looked at later.
    fileprivate static func catching(_ work: () async throws -> Void) async -> Self {
        do { return .success(try await work()) } catch { return .failure(error) }
    }
}
