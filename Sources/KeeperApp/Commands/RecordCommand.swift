import ArgumentParser
import EthPrimitives
import EthRPC
import Foundation
import KeeperCore
import Logging

/// `record`: writes the keeper's reads at each head to a cassette, with the logs and receipts that prove what others did.
struct RecordCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "record", abstract: "Record the keeper's reads to a cassette that backtest replays.",
            discussion: """
                Blocks are recorded as they come, or with --from-block and --to-block those of the past, from a node that keeps \
                their state (an archive node). A recording of the past that was interrupted goes on when the same command is given \
                again, and has the same lines as if it had not been.
                  \(P.name) record --config my.yaml --output week.ndjson.gz --from-block 2026-01-22 --to-block 2026-01-28T23:59:59Z
                """)
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var node: NodeOptions

    @Option(name: .shortAndLong, help: "The file to write; a name ending in .gz is compressed.")
    var output: String

    @Option(help: "Stop at the first head at or after this time, such as 2022-09-15T23:59:59Z or unix seconds.")
    var until: String?

    @Flag(help: "Go on with the file if it exists, with the blocks that come now.")
    var append = false

    @Option(
        name: .customLong("from-block"),
        help: ArgumentHelp(
            "The first block of a past range: its number, a time such as 2026-01-29T15:00:00Z, or @ and unix seconds.",
            valueName: "place"))
    var from: String?

    @Option(name: .customLong("to-block"), help: ArgumentHelp("The last block of the range, likewise.", valueName: "place"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            """
            Which heads of the range: keeper (those at which run would look, the default), slot (every block around a slot, none \
            between), a duration such as 5m (one each, between slots), block (every block).
            """, valueName: "heads"))
    var every: String?

    private var untilSeconds: UInt64? { until.flatMap { UInt64($0) ?? UTC.seconds($0) } }

    func validate() throws {
        if let until, untilSeconds == nil {
            throw ValidationError("--until: expected a time such as 2022-09-15T23:59:59Z or unix seconds, got \"\(until)\"")
        }
        let range = try places()
        if range == nil, every != nil { throw ValidationError("--every: expected --from-block and --to-block with it") }
        if range != nil, until != nil { throw ValidationError("--until is for blocks as they come: a range ends at --to-block") }
        if range != nil, append { throw ValidationError("--append is for blocks as they come: a range goes on by itself") }
        _ = try pace()
    }

    private func places() throws -> (from: CassettePlace, to: CassettePlace)? {
        switch (try CassettePlace(from, flag: "--from-block"), try CassettePlace(to, flag: "--to-block")) {
        case (nil, nil): return nil
        case (let from?, let to?): return (from, to)
        case (_?, nil): throw ValidationError("--from-block: expected --to-block with it")
        case (nil, _?): throw ValidationError("--to-block: expected --from-block with it")
        }
    }

    private func pace() throws -> RecordingPace {
        guard let every else { return .keeper }
        guard let pace = RecordingPace(text: every) else {
            throw ValidationError("--every: expected keeper, slot, block or a duration such as 5m, got \"\(every)\"")
        }
        return pace
    }

    func run() async throws {
        var loader = options.loader()
        node.apply(to: &loader)
        let wiring = try Wiring<P>(loader)
        let pool = try wiring.nodes().pool
        _ = try await wiring.firstHead(pool)
        if let places = try places() {
            try await recordPast(wiring, pool, places)
        } else {
            try await recordLive(wiring, pool)
        }
    }

    private func recordPast(
        _ wiring: Wiring<P>, _ pool: NodePool, _ places: (from: CassettePlace, to: CassettePlace)
    ) async throws {
        let recording = RangeRecording(
            wiring: wiring, pool: pool, path: output, places: places, pace: try pace(),
            runner: { try await runUntilStopped($0, wiring.logger) })
        let outcome = try await recording.run()
        let before =
            outcome.before == outcome.exchanges
            ? ", all of them before" : outcome.before > 0 ? ", \(outcome.before) of them before" : ""
        Terminal.note("\(outcome.exchanges) exchanges recorded in \(output)\(before)")
    }

    private func recordLive(_ wiring: Wiring<P>, _ pool: NodePool) async throws {
        let writer = try writer(wiring.common.chainID)
        let before = writer.count
        let recorder = LiveRecorder<P>(
            wiring: wiring, pool: pool, writer: writer, until: untilSeconds, logger: wiring.logger)
        let ended = await Result.catching { try await runUntilStopped(recorder, wiring.logger) }
        // Whatever ended it, the heads that were recorded are whole and make a good recording.
        try writer.finish()
        // A file without a single exchange is of no use and would be in the way of the next attempt.
        if writer.count == 0 {
            try FileManager.default.removeItem(atPath: output)
            // A plain recording has no index.
            try? FileManager.default.removeItem(atPath: CassetteIndex.path(of: output))  // see above
        }
        Terminal.note("\(writer.count) exchanges recorded in \(output)" + (before > 0 ? ", \(before) of them before" : ""))
        try ended.get()
    }

    private func writer(_ chainID: ChainID) throws -> CassetteWriter {
        let opening = CassetteOpening(chainID: chainID, keeper: P.name)
        let exists = FileManager.default.fileExists(atPath: output)
        guard exists else { return try CassetteWriter(path: output, opening: opening) }
        guard append else {
            throw RecordingRefusal.otherFile("\(output) exists already: --append goes on with it, another name begins anew")
        }
        guard let continuation = try CassetteContinuation(path: output, isRepeatable: false) else {
            return try CassetteWriter(path: output, opening: opening, replacing: true)
        }
        let old = continuation.opening
        guard old.chainID == chainID, old.keeper ?? P.name == P.name, old.range == nil, !old.isRedacted else {
            throw RecordingRefusal.otherFile(
                "\(output) is another recording: of chain \(old.chainID.map { "\($0)" } ?? "unnamed"), "
                    + "keeper \(old.keeper ?? "unnamed")\(old.range.map { ", \($0)" } ?? "")\(old.isRedacted ? ", redacted" : "")"
            )
        }
        return try CassetteWriter(continuation)
    }
}

extension Result where Failure == any Error, Success == Void {
    /// The outcome of work, to be looked at later.
    fileprivate static func catching(_ work: () async throws -> Void) async -> Self {
        do { return .success(try await work()) } catch { return .failure(error) }
    }
}
