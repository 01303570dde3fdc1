import EthCodec
import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import Poker

/// `poker backtest --scenario` as people use it, on the three days that are in the repository.
@Suite("Comparing strategies")
struct StudyCommandTests {
    private static let scenario = Project.root.appending(path: "Tests/Fixtures/poker-3-days.scenario.ndjson.gz").path
    private static let config = Project.root.appending(path: "Tests/Fixtures/poker-study.yaml").path

    private func compare(_ more: [String], scenario: String = Self.scenario) throws -> ProgramRun {
        try ProgramRun.poker(["backtest", "--config", Self.config, "--scenario", scenario] + more)
    }

    private func strategies(_ run: ProgramRun) throws -> [String: JSON] {
        let json = try JSONScanner.parse(Array(run.output.utf8))
        return Dictionary(
            uniqueKeysWithValues: (json["strategies"]?.array ?? []).compactMap { strategy in
                strategy["name"]?.string.map { ($0, strategy) }
            })
    }

    @Test("Three days cost as much as they did: ours by execution, the real contracts' by the table")
    func figures() throws {
        let names = "cheapest,skip-unchanged,bound"
        let measured = try strategies(try compare(["--strategy", names, "--json"]))
        let table = try strategies(try compare(["--strategy", names, "--prices", "table", "--json"]))
        let expected: KeyValuePairs =
            [
                "hourly-megapoker": (24_124_144, 24_532_024), "cheapest": (16_604_248, 16_828_888),
                "skip-unchanged": (14_101_814, 14_287_014), "bound": (14_101_814, 14_287_014),
            ] as KeyValuePairs<String, (UInt64, UInt64)>
        for (name, gas) in expected {
            #expect(measured[name]?["gas"]?.uint64 == gas.0 && table[name]?["gas"]?.uint64 == gas.1, "\(name)")
            #expect(measured[name]?["stalenessMaximum"] == 23 && measured[name]?["lateSlots"] == 0, "\(name)")
        }
    }

    @Test("A sweep says the same however many run at a time, and cuts by time")
    func sweep() throws {
        let arguments = [
            "--strategy", "cheapest,multicall", "--sweep", "skipDeadIlks=true,false", "--sweep", "patience=0s,60s", "--from",
            "2022-09-14", "--to", "2022-09-14T06:00Z", "--json",
        ]
        let (one, many) = (try compare(arguments + ["--jobs", "1"]), try compare(arguments + ["--jobs", "3"]))
        #expect(one.status == 0 && one.output == many.output)
        let found = try strategies(one)
        #expect(found.count == 9 && found.values.allSatisfy { $0["slots"] == 6 })
        #expect(found["cheapest skipDeadIlks=true patience=60s"] != nil, "\(found.keys.sorted())")
    }

    @Test("Every poke that was priced uses the same gas on another machine")
    func replay() throws {
        let folder = try Project.temporaryFolder()
        let pokes = folder.appending(path: "pokes.ndjson")
        let arguments = [
            "--strategy", "cheapest,skip-unchanged,mega-poker,bound", "--to", "2022-09-13T14:00Z", "--pokes", pokes.path,
            "--report", folder.appending(path: "page.html").path, "--csv", folder.appending(path: "slots.csv").path,
        ]
        let run = try compare(arguments)
        #expect(run.status == 0 && run.output.contains("(exact)"), "\(run.message)")
        let again = try ProgramRun.run(
            Project.root.appending(path: ".venv/bin/python"),
            [Project.root.appending(path: "Tests/Fixtures/replay-pokes").path, pokes.path])
        #expect(
            again.status == 0 && again.output.contains("skip-unchanged") && again.output.contains("no difference"), "\(again)")
        let page = try String(contentsOf: folder.appending(path: "page.html"), encoding: .utf8)
        #expect(page.hasPrefix("<!doctype html>") || page.hasPrefix("<!DOCTYPE html>"))
        let table = try String(contentsOf: folder.appending(path: "slots.csv"), encoding: .utf8)
        #expect(table.split(whereSeparator: \.isNewline).count == 1 + 5 * 14)
    }

    @Test(
        "What cannot be compared is named, with its exit code",
        arguments: [
            (["--strategy", "cheapest,cheap"], 64, "cheap"), (["--strategy", "cheapest,cheapest"], 64, "twice"),
            (["--strategy", ""], 64, "expected configured"), (["--sweep", "patience"], 64, "--sweep"),
            (["--sweep", "patience="], 64, "--sweep"), (["--sweep", "patience=soon"], 78, "poker.patience"),
            (["--sweep", "patienc=1s"], 78, "patienc"), (["--jobs", "0"], 64, "--jobs"),
            (["--pokes", "pokes.ndjson", "--prices", "table"], 64, "--pokes"), (["--from", "7"], 64, "by time"),
            (["--from", "2023-01-01"], 65, "no slot"), (["--report", "/nowhere/page.html"], 78, "--report"),
            (["--cassette", "some.ndjson"], 64, "one of"),
        ] as [([String], Int32, String)])
    func refused(arguments: [String], status: Int32, text: String) throws {
        let run = try compare(arguments)
        #expect(run.status == status && run.message.contains(text) && run.output.isEmpty, "\(run.status) \(run.message)")
    }

    @Test("A scenario that is none, or is not there, ends with 65")
    func noScenario() throws {
        let folder = try Project.temporaryFolder()
        let empty = folder.appending(path: "empty.ndjson")
        try Data().write(to: empty)
        for path in [empty.path, folder.appending(path: "missing").path, Self.config] {
            let run = try compare([], scenario: path)
            #expect(run.status == 65, "\(run.status) \(run.message)")
        }
        let orphan = try ProgramRun.poker(["backtest", "--config", Self.config, "--strategy", "cheapest"])
        #expect(orphan.status == 64, "\(orphan.message)")
        let list = try ProgramRun.poker(["backtest", "--config", Self.config, "--strategy", "list"])
        #expect(list.status == 0 && list.output.contains("skip-unchanged  "), "\(list.output)")
    }
}
