import EthCodec
import Foundation
import TestSupport
import Testing

/// `keeperctl statetest` as people use it.
@Suite("The command for state tests") struct StateTestCommandTests {
    private static let own = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Vectors/evm/state.json").standardizedFileURL

    private func run(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun.run(ProgramRun.product("keeperctl"), ["statetest"] + arguments)
    }

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "statetest-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test("runs the cases of a fork and counts them, the run time before them")
    func passing() throws {
        let run = try run([Self.own.path, "--filter", "creations"])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.output)\(run.errors)")
        let lines = run.output.split(separator: "\n")
        #expect(lines.last == "10 passed, 0 failed, 0 skipped")
        #expect(try lines.count == 2 && lines[0].contains(Regex("^[0-9]+\\.[0-9] s on [0-9]+ threads?$")), "\(run.output)")
        let all = try self.run([Self.own.path, "--filter", "creations", "--fork", "all"])
        #expect(all.status == 0 && all.output.hasSuffix("50 passed, 0 failed, 0 skipped\n"))
        let verbose = try self.run([Self.own.path, "--filter", " creations Prague d0 g0", "--fork", "prague", "--verbose"])
        #expect(
            verbose.output.contains("passed  \(Self.own.path) creations Prague d0 g0 v0  succeeded, gas "), "\(verbose.output)")
    }

    @Test("prints each failure with what differs first, and ends with 65")
    func failing() throws {
        let file = try folder().appending(path: "wrong.json")
        let text = try String(contentsOf: Self.own, encoding: .utf8)
        try text.replacing("\"0x65a0bc00\"", with: "\"0x65a0bc01\"").write(to: file, atomically: true, encoding: .utf8)
        let failed = try run([file.path, "--filter", "environment"])
        #expect(failed.status == 65 && failed.message == "keeperctl: 1 of 1 cases failed", "\(failed.errors)")
        let lines = failed.output.split(separator: "\n")
        #expect(lines[0].hasPrefix("FAILED  \(file.path) environment Cancun d0 g0 v0  succeeded, gas "), "\(failed.output)")
        #expect(lines[1].hasPrefix("        state root: expected 0x") && lines[1].contains(", found 0x"))
        #expect(lines.last == "0 passed, 1 failed, 0 skipped")
        // What it left behind.
        let verbose = try run([file.path, "--filter", "environment", "--verbose"])
        #expect(verbose.output.contains("          0x8: 0x65a0bc01\n"), "\(verbose.output)")
        let json = try JSONScanner.parse(Array(run([file.path, "--filter", "environment", "--json"]).output.utf8))
        #expect(json["failed"] == 1 && json["passed"] == 0 && json["milliseconds"]?.uint64 != nil)
        let failure = json["failures"]?.array?.first
        #expect(failure?["test"] == "environment" && failure?["fork"] == "Cancun" && failure?["data"] == 0)
        #expect(failure?["differences"]?.array?.first?["what"] == "state root")
    }

    @Test("names cases that it cannot run, and ends with 65 if it could run none")
    func skipped() throws {
        let file = try folder().appending(path: "old.json")
        let text = try String(contentsOf: Self.own, encoding: .utf8)
        try text.replacing("\"London\"", with: "\"Berlin\"").write(to: file, atomically: true, encoding: .utf8)
        let some = try run([file.path, "--filter", "transfer", "--fork", "all"])
        #expect(some.status == 0 && some.output.hasSuffix("24 passed, 0 failed, 6 skipped\n"), "\(some.output)")
        #expect(some.output.hasPrefix("skipped, the rules of Berlin are not built in: 6 cases\n"))
        #expect(some.output.contains("\n        \(file.path) transfer Berlin: d0 g0 v0, d0 g0 v1, d0 g0 v2, d0 g1 v0, "))
        let none = try run([file.path, "--filter", "transfer", "--fork", "Berlin"])
        #expect(none.status == 65 && none.message == "keeperctl: no case could be run", "\(none.errors)")
        let nowhere = try run([file.path, "--filter", "nothing like it"])
        #expect(nowhere.status == 65 && nowhere.message == "keeperctl: there is no such case of Cancun", "\(nowhere.errors)")
        #expect(nowhere.output.hasSuffix("0 passed, 0 failed, 0 skipped\n"))
    }

    @Test("reads archives that tar makes, and folders")
    func archives() throws {
        let folder = try folder()
        let deep = folder.appending(path: String(repeating: "d", count: 120) + "/" + String(repeating: "e", count: 60))
        try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Self.own, to: deep.appending(path: "state.json"))
        for (format, name) in [("gnu", "a.tar.gz"), ("pax", "b.tar.gz"), ("ustar", "c.tar.gz"), ("v7", "d.tar")] {
            // The oldest form has no long names.
            let inner = format == "v7" ? "." : deep.path.dropFirst(folder.path.count + 1)
            let base = format == "v7" ? deep.path : folder.path
            let archive = folder.appending(path: name).path
            let tar = try ProgramRun.run(
                URL(filePath: "/usr/bin/env"),
                ["tar", "--format=\(format)", name.hasSuffix("gz") ? "-czf" : "-cf", archive, "-C", base, String(inner)])
            #expect(tar.status == 0, "\(tar.errors)")
            let run = try run([archive, "--filter", "transfer"])
            #expect(
                run.status == 0 && run.output.hasSuffix("6 passed, 0 failed, 0 skipped\n"),
                "\(format): \(run.output)\(run.errors)")
        }
        let run = try run([folder.path, "--filter", "transfer"])
        #expect(run.status == 0 && run.output.hasSuffix("6 passed, 0 failed, 0 skipped\n"))
    }

    @Test("names files that are none in one line, and wrong options with the usage")
    func wrong() throws {
        let folder = try folder()
        let cut = folder.appending(path: "cut.json")
        try Data(contentsOf: Self.own).prefix(5000).write(to: cut)
        for (path, problem) in [
            ("/nonexistent/file", "no such file or directory"), (folder.appending(path: "cut.json").path, "JSON ends early"),
            ("/dev/null", "no regular file"),
        ] {
            let run = try run([path])
            #expect(run.status == 65 && run.message.contains(path) && run.message.contains(problem), "\(run.errors)")
            #expect(!run.message.contains("\n") && run.output.isEmpty)
        }
        let fork = try run([Self.own.path, "--fork", "Byzantine"])
        #expect(fork.status == 64 && fork.message.contains("--fork: expected all or one of London, Paris, "), "\(fork.errors)")
        #expect(try run([]).status == 64)
    }
}
