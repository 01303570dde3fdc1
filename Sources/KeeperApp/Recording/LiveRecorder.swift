import EthPrimitives
import EthRPC
import KeeperCore
import Logging
import ServiceLifecycle

/// Records blocks as they come. Heads are polled beside the recording; what the keeper reads goes through it.
struct LiveRecorder<P: KeeperProgram>: Service {
    let wiring: Wiring<P>
    let pool: NodePool
    let writer: CassetteWriter
    /// Unix seconds.
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
        var written: UInt64 = 0
        while !Task.isShuttingDownGracefully {
            do {
                // A recording that has begun outlives an outage of its nodes; one that cannot begin says so.
                let isBegun = recordedHeads > 0
                let head = try await patiently(attempts: isBegun ? nil : Self.attempts, pause) { try await heads.next() }.head
                if let until, head.timestamp >= until { break }
                do {
                    try await patiently(attempts: Self.attempts, pause) {
                        let current = try await together(at: head) { try await keeperOnce(&keeper, head, $0) }
                        try await together(at: head) { try await observe(current, head, $0) }
                    }
                } catch let error as RPCError where isBegun {
                    logger.error("block \(head.number) is left out: \(error)")
                    continue
                }
                recordedHeads += 1
                if head.timestamp >= written + Self.safeAfter {
                    try writer.checkpoint()
                    written = head.timestamp
                }
                if recordedHeads % 100 == 0 {
                    logger.info("recorded \(recordedHeads) heads", metadata: ["block": .stringConvertible(head.number)])
                }
            } catch is CancellationError {
                break
            }
        }
    }

    /// Attempts at one head before it is left out, or before a recording that has not begun ends with an error.
    private static var attempts: Int { 10 }
    /// A crash loses no more than the heads of so many seconds.
    private static var safeAfter: UInt64 { 60 }

    /// Tries again when the node gives no usable answer; what goes wrong in the same way again and again is said once.
    /// - Parameter attempts: `nil` to try until told to stop.
    private func patiently<T>(
        attempts: Int?, _ pause: () async throws -> Void, _ work: () async throws -> T
    ) async throws -> T {
        var said = ""
        var attempt = 1
        while true {
            do { return try await work() } catch let error as RPCError {
                if let attempts, attempt >= attempts { throw error }
                attempt += 1
                let text = "\(error)"
                if text != said { logger.warning("\(text)") }
                said = text
                try await pause()
            }
        }
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
        let made = try await RecordingScope.$note.withValue(CassetteLabel.setup) {
            try await wiring.keeper(sender: nil, at: head, through: recorded)
        }
        keeper = made
        return made
    }

    private func observe(_ keeper: P.K, _ head: BlockHeader, _ recorded: Provider) async throws {
        try await RecordingScope.$head.withValue(head) {
            _ = try await keeper.observe(head, through: recorded)
            try await RecordingScope.$note.withValue(CassetteLabel.evidence) {
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
