internal import EthCodec
import ArgumentParser
import EthRPC
import KeeperCore

/// `calibrate`: what the keeper believes about gas beside recorded receipts.
struct CalibrateCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "calibrate", abstract: P.calibrationSummary ?? "",
            discussion: """
                The facts before each transaction are the recorded reads, its gas is the recorded receipt's. What cannot be used is counted \
                and named. Goes to no node and changes nothing: the keys to take over are printed.
                  \(P.name) calibrate --config \(P.name).yaml --cassette august.cassette.ndjson.gz --cassette september.cassette.ndjson.gz

                Exit codes: 0, however far off the model is; 65 no usable receipt, or a damaged recording; 81 a recording without an \
                answer that the keeper needs.
                """)
    }

    @OptionGroup var options: ConfigOptions

    @Option(help: ArgumentHelp("A recording; may stand there several times.", valueName: "file"), completion: .file())
    var cassette: [String] = []

    @Flag(help: "Print JSON with sorted keys.")
    var json = false

    func validate() throws {
        if cassette.isEmpty { throw ValidationError("expected --cassette FILE, once or several times") }
        if let twice = cassette.first(where: { path in cassette.count { $0 == path } > 1 }) {
            throw ValidationError("--cassette: \(twice) stands there twice")
        }
    }

    func run() async throws {
        let wiring = try Wiring<P>(options.loader(readsNodeVariables: false))
        var calibration: (any Calibration<P.K.Snapshot>)?
        for path in cassette {
            let recording = try UsableRecording(path: path, chain: wiring.common.chainID)
            let provider = Provider(ReplayingTransport(recording.cassette))
            let keeper = try await wiring.keeper(sender: nil, at: recording.setupHead, through: provider)
            var current = try calibration ?? P.calibration(keeper, wiring.common)
            current.begin(path)
            let evidence = recording.cassette.evidenceByHead
            let heads = recording.cassette.heads
            var progress = Progress("reading", total: heads.count)
            for (index, head) in heads.enumerated() {
                let snapshot = try await keeper.observe(head, through: provider)
                current.take(snapshot, at: head, evidence: evidence[head.hash] ?? [])
                progress.update(index + 1)
            }
            if let alteration = recording.cassette.alteration { throw alteration }
            calibration = current
        }
        guard let report = calibration?.report else { return }
        Terminal.print(json ? report.json.sortedText : report.text)
        if let problem = report.problem { throw NothingToCalibrate(description: problem) }
    }
}

/// Recordings without a usable receipt.
private struct NothingToCalibrate: ExitCodeProviding, CustomStringConvertible {
    var description: String
    var exitCode: KeeperExitCode { .badData }
}
