import EthPrimitives
import EthRPC
import KeeperCore
import Logging
import ServiceLifecycle

/// Records a past range: at each of its heads what the keeper reads there, and the logs and receipts since the head before.
///
/// Each head is read by a keeper that knows of no other, so its lines are the same whether the recording is made in one go or in
/// pieces, and several heads are read at once; they are written in order.
struct RangeRecorder<P: KeeperProgram>: Service {
    let wiring: Wiring<P>
    let reading: RangeReading
    let range: PastRange
    let pace: RecordingPace
    let writer: CassetteWriter
    let finder: BlockFinder
    /// What the keeper is made from.
    let setup: Cassette
    /// The newest head that is recorded already.
    let recorded: BlockHeader?
    /// Where it is, when it stops before its end.
    let interruption: Interruption

    /// Heads that are read at once. Within the limits of most providers, and enough to hide the way to them and back.
    private static var window: Int { 4 }
    /// Blocks of which logs are asked for at once; providers allow between some hundred and some thousand.
    private static var logRange: UInt64 { 250 }

    func run() async throws {
        let keeper = try await keeper()
        var walk = HeadWalk(keeper: keeper, pace: pace, last: range.last, finder: finder)
        var progress = Progress("recording", total: Int(clamping: range.last.number - range.first.number + 1))
        defer { progress.stop() }
        var before = recorded
        var next = try await following(recorded, &walk)
        if let recorded { progress.update(Int(clamping: recorded.number - range.first.number + 1)) }
        try await withThrowingTaskGroup(of: (index: Int, head: BlockHeader, exchanges: [CassetteExchange]).self) { group in
            var (asked, written) = (0, 0)
            var ready: [Int: (head: BlockHeader, exchanges: [CassetteExchange])] = [:]
            while true {
                while asked - written < Self.window, let head = next, !Task.isShuttingDownGracefully {
                    let (index, previous) = (asked, before)
                    group.addTask { (index, head, try await exchanges(at: head, after: previous)) }
                    (asked, before) = (asked + 1, head)
                    next = try await following(head, &walk)
                }
                guard written < asked, let result = try await group.next() else { break }
                ready[result.index] = (result.head, result.exchanges)
                while let (head, exchanges) = ready.removeValue(forKey: written) {
                    try writer.record(exchanges)
                    written += 1
                    progress.update(Int(clamping: head.number - range.first.number + 1))
                }
            }
        }
        if let next { return interruption.stop(before: next) }
        progress.update(progress.total)
    }

    private func following(_ head: BlockHeader?, _ walk: inout HeadWalk<P.K>) async throws -> BlockHeader? {
        guard let head else { return range.first }
        return try await reading.patiently { try await walk.head(after: head) }
    }

    /// A keeper as it is at the start.
    private func keeper() async throws -> P.K {
        try await wiring.keeper(sender: nil, at: range.first, through: Provider(ReplayingTransport(setup)))
    }

    private func exchanges(at head: BlockHeader, after before: BlockHeader?) async throws -> [CassetteExchange] {
        let keeper = try await keeper()
        return try await reading.collect(at: head) { provider in
            try await RecordingScope.$head.withValue(head) {
                _ = try await keeper.observe(head, through: provider)
                try await RecordingScope.$note.withValue(CassetteLabel.evidence) {
                    try await RecordingScope.$onlyWithResults.withValue(true) {
                        try await evidence(P.watched(keeper), head, after: before, provider)
                    }
                }
            }
        }
    }

    private func evidence(
        _ watched: [Address], _ head: BlockHeader, after before: BlockHeader?, _ provider: Provider
    ) async throws {
        guard !watched.isEmpty else { return }
        var from = before.map { $0.number + 1 } ?? head.number
        var seen: Set<TransactionHash> = []
        while from <= head.number {
            let to = min(head.number, from + Self.logRange - 1)
            let logs = try await provider.logs(
                LogFilter(.range(from: .number(from), to: .number(to)), addresses: watched))
            for log in logs where seen.insert(log.transactionHash).inserted {
                _ = try await provider.receipt(log.transactionHash)
            }
            from = to + 1
        }
    }
}
