import EthCodec
import EthRPC
import Foundation
import TestSupport
import Testing

/// `poker calibrate` over the recordings.
@Suite("Calibrating the gas model")
struct CalibrateTests {
    private static let config = Project.fixtures.appending(path: "poker-72h.yaml").path
    private static let cassette = Project.fixtures.appending(path: "poker-72h.cassette.ndjson.gz").path

    private static func calibrate(_ arguments: [String]) throws -> ProgramRun { try ProgramRun.poker(["calibrate"] + arguments) }

    private static func fitted(_ report: JSON) -> [String: UInt64] {
        let values = (report["fit"]?["values"]?.array ?? []).compactMap { value in
            value["parameter"]?.string.flatMap { name in value["fitted"]?.uint64.map { (name, $0) } }
        }
        return Dictionary(uniqueKeysWithValues: values)
    }

    /// The fixture's contracts are our own: the model of the real ones is up to 1.7 % off, and a fit makes every receipt exact.
    @Test("72 hours: 73 receipts, all 1.4 to 1.7 % below the model, all exact after the fit; the starved one is not fitted")
    func fixture() throws {
        let run = try Self.calibrate(["--config", Self.config, "--cassette", Self.cassette, "--json"])
        #expect(run.status == 0, "\(run.errors)")
        let report = try JSONScanner.parse(Array(run.output.utf8))
        #expect(report["pokes"] == 73 && report["check"]?["exact"] == 0 && report["check"]?["worse"] == 73)
        #expect(report["unusable"]?.array?.compactMap { $0["why"]?.string } == ["starved"])
        #expect(report["unusable"]?.array?.first?["block"] == 1867)
        #expect(report["afterFit"]?["exact"] == 73 && report["afterFit"]?["worst"] == .null)
        #expect(
            Self.fitted(report) == [
                "megaPokerBase": 18_060, "due": 19_992, "sourceInvalid": 12_433, "stoppedDiscount": 2_475, "change": 2_800,
                "singleTooEarly": 25_383,
            ])
        #expect(report["fit"]?["notToldApart"] == ["tooEarly", "spot", "firstOfOracle", "firstSpot", "singleDue"])
        let most = report["check"]?["branches"]?.array?.first
        #expect(most?["receipts"] == 19 && most?["least"] == 358_702 && most?["difference"] == -5_665)
        let yaml = try #require(report["configuration"]?.string)
        #expect(yaml.hasPrefix("poker:\n  gas:\n    megaPokerBase: 18060\n    due: 19992\n") && !yaml.contains("change"))
    }

    /// ground-truth of a real geth: the model is the fit to it.
    @Test(
        "the real geth's receipts are met within 1 gas, and the fit changes nothing",
        .enabled(if: Project.exists(Project.vector("geth")), "skipped: the recording is in ../shared, which is absent"))
    func realNode() throws {
        let arguments = [
            "--config", Project.fixtures.appending(path: "geth-poker.yaml").path, "--cassette",
            Project.vector("geth/geth-poker-hours-a.jsonl.gz").path,
        ]
        let run = try Self.calibrate(arguments + ["--json"])
        #expect(run.status == 0, "\(run.errors)")
        let report = try JSONScanner.parse(Array(run.output.utf8))
        #expect(report["pokes"] == 11 && report["check"]?["exact"] == 2 && report["check"]?["within1Percent"] == 9)
        for branch in report["check"]?["branches"]?.array ?? [] {
            #expect(branch["difference"] == 0 || branch["difference"] == 1, "\(branch)")
        }
        let why = (report["unusable"]?.array ?? []).compactMap { $0["why"]?.string }
        #expect(why.count == 8 && why.count { $0 == "shared" } == 7 && why.contains("starved"))
        #expect(report["configuration"] == .null)
        let text = try Self.calibrate(arguments)
        #expect(text.output.hasPrefix("Calibration  11 pokes with a certain branch · 8 cannot be used\n"))
        #expect(text.output.hasSuffix("The fit changes nothing\n"))
        #expect(text.output.contains("The model: exact 2 · within 1 % 9 · worse 0 · worst in block 236"))
    }

    @Test("a model of the configuration is the one that is checked, and lines are printed that take the fit over")
    func ownModel() throws {
        guard Project.exists(Project.vector("geth")) else { return }
        let file = try Project.temporaryFolder().appending(path: "poker.yaml")
        let given = try String(contentsOf: Project.fixtures.appending(path: "geth-poker.yaml"), encoding: .utf8)
        try given.replacingOccurrences(of: "\npoker:\n", with: "\npoker:\n  gas: { change: 2000, due: 30000 }\n")
            .write(to: file, atomically: true, encoding: .utf8)
        let run = try Self.calibrate(
            ["--config", file.path, "--cassette", Project.vector("geth/geth-poker-hours-a.jsonl.gz").path])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasSuffix("To take it over\npoker:\n  gas:\n    due: 20607\n    change: 2800\n"))
        #expect(run.output.contains("decided by 1 receipt alone"))
    }

    @Test("bad input gets one line and the documented exit code")
    func badInput() throws {
        let none = try Self.calibrate(["--config", Self.config])
        #expect(none.status == 64 && none.errors.contains("--cassette FILE"))
        let twice = try Self.calibrate(["--config", Self.config, "--cassette", "a", "--cassette", "a"])
        #expect(twice.status == 64 && twice.errors.contains("stands there twice"))
        let absent = try Self.calibrate(["--config", Self.config, "--cassette", "/none/such"])
        #expect(absent.status == 65 && absent.errors.contains("/none/such"))
        let blocks = try Self.calibrate(
            ["--config", Self.config, "--cassette", Project.fixtures.appending(path: "poker-72h.blocks.ndjson.gz").path])
        #expect(blocks.status == 65, "\(blocks.errors)")
        let folder = try Project.temporaryFolder()
        let other = folder.appending(path: "other.yaml")
        try String(contentsOfFile: Self.config, encoding: .utf8).replacingOccurrences(of: "id: 1337", with: "id: 1338")
            .write(to: other, atomically: true, encoding: .utf8)
        let chain = try Self.calibrate(["--config", other.path, "--cassette", Self.cassette])
        #expect(chain.status == 78 && chain.errors.contains("chain.id"), "\(chain.errors)")
        for run in [none, twice, absent, blocks, chain] {
            #expect(run.output.isEmpty && run.message.split(separator: "\n").count == 1, "\(run.errors)")
        }
    }

    @Test("a recording without a receipt of a poke ends with 65, and says so")
    func nothing() throws {
        guard Project.exists(Project.vector("geth")) else { return }
        // The opening heads, in which nobody poked.
        let bytes = try Gzip.decompress([UInt8](Data(contentsOf: Project.vector("geth/geth-poker-hours-a.jsonl.gz"))))
        let lines = bytes.split(separator: 0x0A).prefix(3)
        let cut = try Project.temporaryFolder().appending(path: "cut.jsonl")
        try Data(lines.joined(separator: [0x0A])).write(to: cut)
        let run = try Self.calibrate(
            ["--config", Project.fixtures.appending(path: "geth-poker.yaml").path, "--cassette", cut.path])
        #expect(run.status == 65 && run.errors.contains("no receipt of a poke"), "\(run.errors)")
        #expect(run.output == "Calibration  0 pokes with a certain branch · 0 cannot be used\n")
    }

    @Test("the help names the flags and exit codes")
    func help() throws {
        let run = try Self.calibrate(["--help"])
        #expect(run.status == 0)
        for word in ["--cassette", "--config", "--json", "65 no usable receipt", "81"] {
            #expect(run.output.contains(word), "\(word)")
        }
        #expect(try ProgramRun.poker(["--help"]).output.contains("calibrate"))
    }
}
