import EthCodec
import Foundation
import Testing

@testable import Fuzzing

@Suite("fuzz, the program")
struct ProgramTests {
    /// What a run printed, and how it ended.
    private func fuzz(_ arguments: String...) throws -> (output: String, status: Int32) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = RunnerTests.program
        process.arguments = arguments
        process.environment = ["SWIFT_BACKTRACE": "enable=no"]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: output, as: UTF8.self), process.terminationReason == .exit ? process.terminationStatus : -1)
    }

    @Test("ends with 0 and a table when nothing was found")
    func clean() throws {
        let (output, status) = try fuzz("--target", "planted-nothing", "--inputs", "500", "--jobs", "1")
        #expect(status == 0)
        #expect(output.hasPrefix("target            inputs"))
        #expect(output.contains("\nplanted-nothing") && output.split(separator: "\n").count == 2)
    }

    @Test("ends with 1 when something was found, shows the input, and runs it again")
    func found() throws {
        let (output, status) = try fuzz("--target", "planted-lie", "--inputs", "2100", "--jobs", "1")
        #expect(status == 1)
        let index = try #require(output.firstMatch(of: /--target planted-lie --seed 1 --input (\d+)/)?.output.1)
        let again = try fuzz("--target", "planted-lie", "--seed", "1", "--input", String(index))
        #expect(again.status == 1)
        #expect(again.output.contains("promise: this decoder lies"))
        let shown = try #require(again.output.split(separator: "\n").first?.dropFirst("input: ".count))
        #expect(output.contains("  \(shown)\n"))
    }

    @Test("a crash is a crash when it is run again")
    func crash() throws {
        let (output, status) = try fuzz("--target", "planted-crash", "--inputs", "2200", "--jobs", "2", "--json")
        #expect(status == 1)
        let json = try JSONScanner.parse(Array(output.utf8.dropLast()))
        let finding = try #require(json["findings"]?.array?.first)
        #expect(finding["kind"] == "crash" && json["targets"]?.array?.first?["findings"]?.uint64 ?? 0 > 0)
        let index = try #require(finding["input"]?.uint64)
        let again = try fuzz("--target", "planted-crash", "--seed", "1", "--input", String(index))
        #expect(again.status == -1 && again.output.hasPrefix("input: "))
    }

    @Test(
        "wrong options end with 64",
        arguments: [
            ["--target", "nothing"], ["--input", "3"], ["--inputs", "0"], ["--jobs", "0"], ["--seconds", "0"],
            ["--seconds", "x"],
        ])
    func wrong(arguments: [String]) throws {
        let process = Process()
        process.executableURL = RunnerTests.program
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 64)
    }

    @Test("the table lines up, and the JSON says the same")
    func table() throws {
        var report = TargetReport(target: "rlp", seed: 7, corpus: Corpus([[1]]))
        report.inputs = 10_000_000
        report.accepted = 0.354
        report.seconds = 20
        report.slowestMilliseconds = 0.26
        report.peakMebibytes = 1.25
        report.findings = [Finding(target: "rlp", kind: .crash, seed: 7, index: 99, detail: "signal 4")]
        #expect(
            FuzzTable.text([report]) == """
                target       inputs   inputs/s   accepted   slowest      peak   findings
                rlp      10,000,000    500,000       35 %    0.3 ms   1.3 MiB          1
                """)
        let json = try JSONScanner.parse(Array(FuzzTable.json([report]).utf8))
        let target = try #require(json["targets"]?.array?.first)
        #expect(
            target["inputs"]?.uint64 == 10_000_000 && target["accepted"] == .number("35.4") && target["findings"]?.uint64 == 1)
        #expect(json["findings"]?.array?.first?["arguments"] == "--target rlp --seed 7 --input 99")
    }
}
