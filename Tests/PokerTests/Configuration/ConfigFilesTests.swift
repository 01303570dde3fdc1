import Foundation
import TestSupport
import Testing

@testable import KeeperApp
@testable import Poker

@Suite("Files that include files")
struct ConfigFilesTests {
    private let folder: ConfigFolder

    init() throws { folder = try ConfigFolder() }

    private func error(_ paths: String...) -> String? {
        let error = #expect(throws: ConfigError.self) { try ConfigLoader(paths: paths, readsNodeVariables: false).load() }
        #expect(error?.key == "include")
        return error?.description
    }

    @Test(
        "a file gives way to the one that includes it, files to those behind them; names are relative to the file that has them")
    func order() throws {
        try folder.write(
            "shared/nodes.yaml", "include: [deep/chain.yaml]\nrpc: { attempts: 2, quorum: 1, timeout: 2s, coolDown: 2s }\n")
        try folder.write("shared/deep/chain.yaml", "chain: { id: 1337 }\nrpc: { attempts: 1, hedge: true }\n")
        try folder.write("other.yaml", "rpc: { quorum: 3, timeout: 3s, coolDown: 3s }\n")
        let own = try folder.write("own.yaml", "include: [shared/nodes.yaml, other.yaml]\nrpc: { timeout: 4s, coolDown: 4s }\n")
        let last = try folder.write("last.yaml", "include: [shared/nodes.yaml]\nrpc: { coolDown: 5s }\n")
        let rpc = try ConfigLoader(paths: [own, last], readsNodeVariables: false).load()["rpc"]
        func text(_ key: String) throws -> String? { try rpc?[key]?.text() }
        #expect(try text("attempts") == "2" && text("hedge") == "true", "what is included once more")
        #expect(try text("timeout") == "2s", "the last file and what it includes win over the first file")
        #expect(try text("quorum") == "1" && text("coolDown") == "5s")
        let alone = try ConfigLoader(path: own, readsNodeVariables: false).load()["rpc"]
        #expect(try alone?["timeout"]?.text() == "4s" && alone?["quorum"]?.text() == "3" && alone?["attempts"]?.text() == "2")
    }

    @Test("a file may be included twice")
    func twice() throws {
        try folder.write("base.yaml", "log: { level: debug }\n")
        try folder.write("a.yaml", "include: [base.yaml]\n")
        try folder.write("b.yaml", "include: [base.yaml]\n")
        let own = try folder.write("own.yaml", "include: [a.yaml, b.yaml, base.yaml]\n" + ConfigFolder.least)
        #expect(try ConfigFolder.effective([own]).files.count == 6)
    }

    @Test("files that include each other are named in their order, through links too")
    func circles() throws {
        let one = try folder.write("one.yaml", "include: [two.yaml]\n")
        let two = try folder.write("two.yaml", "version: 1\ninclude: [link.yaml]\n")
        let link = folder.url.appending(path: "link.yaml")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder.url.appending(path: "one.yaml"))
        #expect(error(one) == "\(two):2: include: files include each other: \(one) includes \(two) includes \(link.path)")
        let own = try folder.write("own.yaml", "include: [own.yaml]\n")
        #expect(error(own)?.hasSuffix("\(own) includes \(own)") == true)
    }

    @Test("a file that is not there is told with the file that includes it; neither depth nor number is without end")
    func limits() throws {
        let own = try folder.write("own.yaml", "\ninclude: [none.yaml]\n")
        #expect(error(own)?.hasPrefix("\(own):2: include: cannot read the configuration file") == true)
        for level in 1...9 { try folder.write("d\(level).yaml", "include: [d\(level + 1).yaml]\n") }
        #expect(error(folder.url.appending(path: "d1.yaml").path)?.contains("deeper than 8") == true)
        // Each doubles what the next one does.
        for level in 1...7 {
            try folder.write("w\(level).yaml", "include: [w\(level + 1).yaml, w\(level + 1).yaml, w\(level + 1).yaml]\n")
        }
        try folder.write("w8.yaml", "version: 1\n")
        #expect(error(folder.url.appending(path: "w1.yaml").path)?.contains("at most 100 files") == true)
    }

    @Test("every verb takes several configurations")
    func several() throws {
        let least = try folder.write("least.yaml", ConfigFolder.least)
        let other = try folder.write("other.yaml", "name: other\n")
        let run = try ProgramRun.poker(["config", "check", "--config", least, "--config", other])
        #expect(
            run.status == 0 && run.output.hasPrefix("\(least), \(other): ok, other on chain 1337"), "\(run.output)\(run.errors)")
        let none = try ProgramRun.poker(["config", "check"])
        #expect(none.status == 64 && none.errors.contains("--config"), "\(none.errors)")
        for verb in [
            ["run"], ["dry-run"], ["record", "--output", "x"], ["backtest", "--cassette", "x"], ["replay"], ["explain", "1"],
            ["pending", "list"], ["pending", "cancel", "1"], ["pause", "--for", "1h"], ["resume"], ["retire"], ["doctor"],
            ["config", "show"],
        ] {
            let run = try ProgramRun.poker(verb + ["--config", least, "--config", "/no/such.yaml"])
            #expect(run.status == 78 && run.errors.contains("/no/such.yaml"), "\(verb): \(run.errors)")
        }
    }
}
