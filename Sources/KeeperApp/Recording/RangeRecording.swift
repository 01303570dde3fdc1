import EthPrimitives
import EthRPC
import Foundation
import KeeperCore
import Logging

/// The recording of a past range into a file: begun, or continued where it ends.
struct RangeRecording<P: KeeperProgram> {
    let wiring: Wiring<P>
    let pool: NodePool
    let path: String
    let places: (from: CassettePlace, to: CassettePlace)
    let pace: RecordingPace
    /// Runs the recorder until it ends or is told to stop.
    var runner: (RangeRecorder<P>) async throws -> Void

    /// What the file holds.
    struct Outcome {
        var exchanges: Int
        /// Exchanges that it held before.
        var before: Int
    }

    private var reading: RangeReading {
        RangeReading(pool: pool, logger: wiring.logger, pollMilliseconds: wiring.common.pollMilliseconds)
    }

    /// Records until the range is whole, or until told to stop.
    /// - Throws: `RecordingRefusal` if the file is of something else, or when it was interrupted: then the same call goes on.
    func run() async throws -> Outcome {
        let common = wiring.common
        var finder = BlockFinder(Provider(pool), slots: common.slots)
        let finality = ChainPreset.of(common.chainID, hosts: common.nodes.endpoints.compactMap(\.host)).finality
        let range = try await PastRange.resolve(places, finality, Provider(pool), &finder)
        let opening = CassetteOpening(
            chainID: common.chainID, keeper: P.name,
            range: RecordedRange(first: range.first.number, last: range.last.number, every: pace.description))
        let continuation = try continuation(opening)
        if let continuation, continuation.isFinished {
            return Outcome(exchanges: continuation.exchanges, before: continuation.exchanges)
        }
        var recorded: BlockHeader?
        if let continuation, let label = continuation.lastHead {
            recorded = try await same(label, &finder)
        }
        var setup: Cassette?
        if let continuation, continuation.exchanges > 0 {
            setup = try continuation.setup.cassette()
            try await RecordingCheck(wiring: wiring, path: path).check(continuation, range.first)
        }
        // What the keeper is made from is read before there is a file that holds nothing else.
        let reads = setup == nil ? try await setupReads(range.first) : []
        let writer =
            try continuation.map { continuation throws(CassetteError) in try CassetteWriter(continuation) }
            ?? CassetteWriter(path: path, opening: opening, replacing: FileManager.default.fileExists(atPath: path))
        try writer.record(reads)
        let interruption = Interruption()
        let recorder = RangeRecorder<P>(
            wiring: wiring, reading: reading, range: range, pace: pace, writer: writer, finder: finder,
            setup: try setup ?? Cassette(reads), recorded: recorded, interruption: interruption)
        do { try await runner(recorder) } catch {
            try writer.suspend()
            throw error
        }
        if let next = interruption.next {
            try writer.suspend()
            throw RecordingRefusal.interrupted(
                "interrupted before block \(next.number): the same command goes on, \(writer.count) exchanges are in \(path)")
        }
        try writer.finish()
        return Outcome(exchanges: writer.count, before: continuation?.exchanges ?? 0)
    }

    /// What the file holds already; `nil` if there is nothing to go on from.
    private func continuation(_ opening: CassetteOpening) throws -> CassetteContinuation? {
        guard FileManager.default.fileExists(atPath: path),
            let continuation = try CassetteContinuation(path: path, isRepeatable: true)
        else { return nil }
        guard continuation.opening == opening else {
            throw RecordingRefusal.otherFile(
                "\(path) is another recording: it is of \(Self.text(continuation.opening)), asked for is \(Self.text(opening))")
        }
        return continuation
    }

    private static func text(_ opening: CassetteOpening) -> String {
        let chain = opening.chainID.map { "chain \($0)" } ?? "an unnamed chain"
        return "\(opening.keeper ?? "an unnamed keeper") on \(chain), \(opening.range?.description ?? "blocks as they came")"
            + (opening.isRedacted ? ", redacted" : "")
    }

    /// The node's header of a block that was recorded.
    private func same(_ label: CassetteLabel, _ finder: inout BlockFinder) async throws -> BlockHeader {
        guard let number = label.block, let hash = label.hash else {
            throw RecordingRefusal.otherFile("\(path): its last head has no number or no hash")
        }
        let header = try await finder.header(number)
        guard header.hash == hash else {
            throw RecordingRefusal.otherFile(
                "\(path): block \(number) is recorded as \(hash), the node has \(header.hash): it is of another chain")
        }
        return header
    }

    private func setupReads(_ first: BlockHeader) async throws -> [CassetteExchange] {
        try await reading.collect(at: first) { provider in
            try await RecordingScope.$note.withValue(CassetteLabel.setup) {
                _ = try await wiring.keeper(sender: nil, at: first, through: provider)
            }
        }
    }
}
