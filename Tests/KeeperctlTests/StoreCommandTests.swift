import EthCodec
import EthPrimitives
import Foundation
import KeeperCore
import KeeperStore
import KeeperTransactions
import TestSupport
import Testing

/// `keeperctl store` as people use it.
@Suite("Commands for stores") struct StoreCommandTests {
    private let folder: URL
    private var path: String { folder.appending(path: "poker.sqlite").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func run(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun.run(ProgramRun.product("keeperctl"), ["store"] + arguments)
    }

    private func make() throws -> SQLiteStore {
        let store = try SQLiteStore(path: path, now: { 1_700_000_000 })
        let account = StoreAccount(chainID: 1, address: .zero)
        try store.append([.adopted(nonce: 3, block: 4)], of: account, journal: [.object(["kind": "decision", "note": "a"])])
        try store.append([.paused(until: 5)], of: account, journal: [.object(["kind": "decision", "note": "b"])])
        try store.setMemory([1, 2, 3], of: "poker")
        return store
    }

    @Test("info tells what is in it, at rest and beside the keeper that has it")
    func info() throws {
        var store: SQLiteStore? = try make()
        let digest = Keccak256.hash(try #require(try store?.journalLines().last))
        for isOpen in [true, false] {
            let run = try run(["info", path])
            #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
            for line in [
                "schema      0002-requests",
                "account     \(Address.zero) on chain 1, 2 records, newest 2023-11-14T22:13:20Z",
                "journal     2 lines, newest 2023-11-14T22:13:20Z", "memory      poker, 3 bytes, newest 2023-11-14T22:13:20Z",
                "integrity   ok",
            ] {
                #expect(run.output.contains(line + "\n"), "\(line)\n\(run.output)")
            }
            #expect(run.output.contains(" in the log") == isOpen)
            let json = try JSONScanner.parse(Array(try self.run(["info", path, "--json"]).output.utf8))
            #expect(json["ok"] == true && json["findings"] == [] && json["schema"] == "0002-requests")
            #expect(json["accounts"]?.array?.first?["records"] == 2 && json["journal"]?["lines"] == 2)
            #expect(json["journal"]?["digest"]?.string == digest.description)
            store = nil
        }
    }

    @Test("export prints JSON Lines, and with --journal a decision log")
    func export() throws {
        let store = try make()
        let all = try run(["export", path])
        let lines = all.output.split(separator: "\n").map(String.init)
        #expect(all.status == 0 && all.errors.isEmpty && lines.count == 4)
        let parsed = try lines.map { try JSONScanner.parse(Array($0.utf8)) }
        #expect(
            parsed.map { $0["kind"] } == ["record", "record", "journal", "journal"]
                && parsed.map { $0["sequence"] } == [1, 2, 1, 2])
        #expect(parsed[0]["record"]?["adopted"]?["nonce"] == 3 && parsed[2]["line"]?["note"] == "a")
        let journal = try run(["export", path, "--journal"])
        #expect(journal.status == 0)
        #expect(Array(journal.output.utf8) == (try store.journalLines()).flatMap { $0 + [0x0A] })
    }

    @Test("backup makes a copy that is a store, and replaces nothing")
    func backup() throws {
        let store = try make()
        let copy = folder.appending(path: "copy.sqlite").path
        let run = try run(["backup", path, "--output", copy, "--json"])
        #expect(run.status == 0, "\(run.errors)")
        let json = try JSONScanner.parse(Array(run.output.utf8))
        #expect(json["records"] == 2 && json["journalLines"] == 2)
        #expect(try SQLiteStore(path: copy).journalLines() == store.journalLines())
        let again = try self.run(["backup", path, "-o", copy])
        #expect(again.status == 65 && again.message.contains("is there already"))
    }

    @Test("no store, another file and a damaged store end with 65 and one line", arguments: ["info", "export", "backup"])
    func bad(_ verb: String) throws {
        let text = folder.appending(path: "text").path
        try Data("a decision log\n".utf8).write(to: URL(filePath: text))
        _ = try make()
        var bytes = try Data(contentsOf: URL(filePath: path))
        let range = try #require(bytes.range(of: Data("\"note\":\"b\"".utf8)))
        bytes[range.upperBound - 2] ^= 1
        let damaged = folder.appending(path: "damaged.sqlite").path
        try bytes.write(to: URL(filePath: damaged))
        let more = verb == "backup" ? ["--output", folder.appending(path: "out").path] : []
        for (file, says) in [
            ("/nonexistent/file", "/nonexistent/file"), (folder.path + "/none", "there is no store"),
            (folder.path, "there is no store"),
            (text, "text"), (damaged, "line 2 of the journal is not what was written"),
        ] {
            let run = try run([verb, file] + more)
            #expect(run.status == 65 && run.message.contains(says) && !run.message.contains("\n"), "\(run.status) \(run.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "out").path))
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/none"))
        }
        #expect(try run(["info", damaged]).output.contains("integrity   1 finding\n"))
    }
}
