import EthCodec
import EthPrimitives
import Foundation
import KeeperCore
import KeeperStore
import KeeperTransactions
import TestSupport
import Testing

/// `keeperctl journal` as people use it.
@Suite("Commands for journals") struct JournalCommandTests {
    private let folder: URL
    private var store: String { folder.appending(path: "poker.sqlite").path }
    private var file: String { folder.appending(path: "decisions.ndjson").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func run(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun.run(ProgramRun.product("keeperctl"), ["journal"] + arguments)
    }

    private static let word = "0x" + String(repeating: "1f", count: 32)

    /// Lines as keepers write them.
    static let records: [String] = [
        "{\"kind\":\"start\",\"version\":\"0.4.0\",\"config\":\"\(word)\",\"account\":\"0xaa\",\"keeper\":\"poker\",\"name\":\"poker-mainnet\",\"mode\":\"primary\",\"setup\":{},\"time\":1700000000,\"block\":24000000,\"hash\":\"0x\"}",
        "{\"kind\":\"decision\",\"block\":24000001,\"time\":1700000012,\"decision\":{\"actions\":[],\"notes\":[{\"code\":\"nothing-due\",\"text\":\"no oracle is due\"},{\"code\":\"daily\"}]}}",
        "{\"kind\":\"decision\",\"block\":24000002,\"time\":1700000024,\"decision\":{\"actions\":[{\"transact\":{\"id\":{\"keeper\":\"poker\",\"epoch\":1699999200,\"target\":\"PIP_ETH\"}}},{\"alert\":{\"key\":\"k\",\"severity\":\"urgent\",\"text\":\"look\"}},{\"record\":{\"name\":\"price\",\"value\":\"12\"}}],\"notes\":[{\"code\":\"due\",\"text\":\"due: PIP_ETH\"}]}}",
        "{\"kind\":\"quorum\",\"block\":24000002,\"time\":1700000024,\"quorum\":{\"quorum\":2,\"endpoint\":\"own\",\"assents\":[{\"endpoint\":\"hosted\"}],\"dissents\":[],\"absences\":[{\"endpoint\":\"third\",\"reason\":\"x\"}]}}",
        "{\"kind\":\"outcome\",\"block\":24000002,\"time\":1700000024,\"outcome\":{\"broadcast\":{\"intent\":{\"keeper\":\"poker\",\"epoch\":1699999200,\"target\":\"PIP_ETH\"},\"nonce\":7,\"hash\":\"\(word)\"}}}",
        "{\"kind\":\"final\",\"time\":1700000048,\"block\":24000004,\"attempt\":1,\"cost\":\"1500000000000000\",\"nonce\":7,\"intent\":{\"keeper\":\"poker\",\"epoch\":1699999200,\"target\":\"PIP_ETH\"},\"outcome\":{\"minedWithoutEffect\":{\"_0\":{\"hash\":\"\(word)\",\"block\":24000003},\"_1\":{\"missing\":{\"_0\":[\"LogValue\"]}}}}}",
        "{\"kind\":\"final\",\"time\":1700000060,\"outcome\":{\"cancelled\":{\"_0\":{\"ordered\":{}}}}}",
        "{\"kind\":\"order\",\"time\":1700000072,\"order\":\"cancel \\u001b[31m7\",\"answer\":\"nothing in flight\"}",
        "{\"kind\":\"novelty\"}", "{\"decision\":5}",
        "{\"kind\":\"decision\",\"decision\":{\"actions\":[5,{\"alert\":7}],\"notes\":\"none\"},\"block\":\"x\",\"time\":18446744073709551615}",
    ]

    /// The same lines in a store and in a file.
    private func make() throws {
        let records = try Self.records.map { try JSONScanner.parse(Array($0.utf8)) }
        let journal = try Journal(path: file)
        for record in records { try journal.append(record) }
        try SQLiteStore(path: store).append([], of: StoreAccount(chainID: 1, address: .zero), journal: records)
    }

    private func digests() throws -> [String] {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { Keccak256.hash(String($0)).description }
    }

    @Test("show prints time, block, kind and what a line says, as far as its members go")
    func show() throws {
        try make()
        let expected = """
            2023-11-14T22:13:20Z  24,000,000  start     version 0.4.0 · config \(Self.word) · poker · poker-mainnet · primary · account 0xaa
            2023-11-14T22:13:32Z  24,000,001  decision  no oracle is due · daily
            2023-11-14T22:13:44Z  24,000,002  decision  send poker/1699999200/PIP_ETH · alert urgent: look · record price 12 · due: PIP_ETH
            2023-11-14T22:13:44Z  24,000,002  quorum    2 of 2 needed · agree: own, hosted · silent: third
            2023-11-14T22:13:44Z  24,000,002  outcome   broadcast · poker/1699999200/PIP_ETH · nonce 7 · \(Self.word)
            2023-11-14T22:14:08Z  24,000,004  final     mined without effect · poker/1699999200/PIP_ETH#1 · nonce 7 · \(Self.word) · block 24,000,003 · 0.001500 ETH · missing: LogValue
            2023-11-14T22:14:20Z              final     cancelled · ordered
            2023-11-14T22:14:32Z              order     "cancel \\u{1B}[31m7 · nothing in flight"
                                              novelty
                                              no-kind
            @18446744073709551615              decision  alert

            """
        for path in [store, file] {
            let run = try run(["show", path])
            #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
            #expect(run.output == expected)
        }
    }

    @Test("an outcome without effect says what is missing, and what could not be verified")
    func shortfalls() throws {
        let journal = try Journal(path: file)
        for shortfall in ["{\"missing\":{\"_0\":[\"a\",\"b\"]}}", "{\"unverified\":{\"_0\":[\"a\"]}}", "{\"outOfGas\":{}}"] {
            let line = "{\"kind\":\"final\",\"outcome\":{\"minedWithoutEffect\":{\"_0\":{},\"_1\":\(shortfall)}}}"
            try journal.append(try JSONScanner.parse(Array(line.utf8)))
        }
        let lines = try run(["show", file]).output.split(separator: "\n")
        #expect(lines.map { $0.split(separator: "·").last } == [" missing: a, b", " unverified: a", " out of gas"])
    }

    @Test("show selects by kind, by block or time, and the last ones; with --json it prints the lines themselves")
    func selected() throws {
        try make()
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
        for (arguments, numbers) in [
            ([], Array(0..<11)), (["--kind", "final"], [5, 6]), (["--kind", "quorum", "--kind", "start"], [0, 3]),
            (["--from", "24000002", "--to", "24000002"], [2, 3, 4]), (["--to", "2023-11-14T22:13:32Z"], [0, 1]),
            (["--from", "@1700000060", "--to", "@1700000072"], [6, 7]), (["--last", "3"], [8, 9, 10]),
            (["--last", "99"], Array(0..<11)),
            (["--kind", "decision", "--last", "1", "--to", "24000002"], [2]), (["--kind", "nothing"], []),
        ] as [([String], [Int])] {
            let run = try run(["show", store, "--json"] + arguments)
            #expect(run.status == 0 && run.errors.isEmpty)
            #expect(run.output == numbers.map { lines[$0] + "\n" }.joined(), "\(arguments)")
        }
        for wrong in [["--last", "0"], ["--from", "x"], ["--from", "9", "--to", "8"]] {
            #expect(try run(["show", store] + wrong).status == 64)
        }
    }

    @Test("verify counts, and compares the newest digest")
    func verify() throws {
        try make()
        let digests = try digests()
        for path in [store, file] {
            let run = try run(["verify", path, "--digest", digests[10]])
            #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
            #expect(
                run.output == """
                    lines    11
                    digest   \(digests[10])
                    first    block 24,000,000, 2023-11-14T22:13:20Z
                    last     @18446744073709551615
                    kind     decision, 3
                    kind     final, 2
                    kind     no-kind, 1
                    kind     novelty, 1
                    kind     order, 1
                    kind     outcome, 1
                    kind     quorum, 1
                    kind     start, 1
                    verdict  ok

                    """)
            let json = try JSONScanner.parse(Array(try self.run(["verify", path, "--json"]).output.utf8))
            #expect(json["ok"] == true && json["lines"] == 11 && json["digest"]?.string == digests[10])
            #expect(json["kinds"]?["decision"] == 3 && json["first"]?["block"] == 24_000_000 && json["unfinishedBytes"] == 0)
            let earlier = try self.run(["verify", path, "--digest", digests[7]])
            #expect(earlier.status == 65 && earlier.message.contains("line 8 has that digest, and 3 more follow it"))
            #expect(earlier.output.contains("verdict  not ok\n"))
            let other = try self.run(["verify", path, "--digest", Self.word, "--json"])
            #expect(other.status == 65 && other.message.contains("no line has that digest"))
            #expect(try JSONScanner.parse(Array(other.output.utf8))["ok"] == false)
            #expect(try self.run(["verify", path, "--digest", "0x12"]).status == 64)
        }
    }

    @Test("a journal is read beside the keeper that writes it")
    func beside() throws {
        try make()
        let store = try SQLiteStore(path: store)
        try store.append([], of: StoreAccount(chainID: 1, address: .zero), journal: [.object(["kind": "more"])])
        let run = try run(["verify", self.store])
        #expect(run.status == 0 && run.output.hasPrefix("lines    12\n") && run.errors.isEmpty)
        #expect(try self.run(["show", self.store, "--last", "1"]).output.hasSuffix("  more\n"))
        let journal = try Journal(path: file)
        try journal.append(.object(["kind": "more"]))
        #expect(try self.run(["verify", file]).output.hasPrefix("lines    12\n"))
    }

    @Test("a line that is not what was written is named, and what came before it is shown")
    func damaged() throws {
        try make()
        for (path, finding) in [
            (store, "line 5 of the journal is not what was written"),
            (file, "line 5 of the journal, or the link to it in line 6, is not what was written"),
        ] {
            var bytes = try Data(contentsOf: URL(filePath: path))
            let range = try #require(bytes.range(of: Data("\"broadcast\":{\"hash".utf8)))
            bytes[range.upperBound - 1] ^= 1
            try bytes.write(to: URL(filePath: path))
            let verify = try run(["verify", path])
            #expect(verify.status == 65 && verify.message.contains(finding) && verify.message.contains(path), "\(verify.errors)")
            #expect(!verify.message.contains("\n") && verify.output.hasSuffix("verdict  not ok\n"))
            #expect(!verify.output.contains("digest"))
            let show = try run(["show", path])
            #expect(show.status == 65 && show.message.contains(finding))
            #expect(show.output.split(separator: "\n").count == (path == store ? 4 : 5))
            let last = try run(["show", path, "--last", "2", "--kind", "decision"])
            #expect(last.status == 65 && last.output.split(separator: "\n").count == 2)
        }
    }

    @Test("half a line at the end of a file is told, and is no damage")
    func unfinished() throws {
        try make()
        let bytes = try Data(contentsOf: URL(filePath: file))
        try bytes.dropLast(9).write(to: URL(filePath: file))
        let run = try run(["verify", file, "--json"])
        let json = try JSONScanner.parse(Array(run.output.utf8))
        #expect(run.status == 0 && json["ok"] == true && json["lines"] == 10 && json["unfinishedBytes"]?.uint64 ?? 0 > 100)
        #expect(run.message.hasPrefix("note: \(file) ends within a line, after "))
        #expect(try self.run(["verify", file, "--digest", try digests()[9]]).status == 0)
    }

    @Test("an empty journal is one", arguments: ["verify", "show"])
    func empty(_ verb: String) throws {
        _ = try SQLiteStore(path: store)
        _ = try Journal(path: file)
        for path in [store, file] {
            let run = try run([verb, path])
            #expect(run.status == 0 && run.errors.isEmpty)
            #expect(run.output == (verb == "show" ? "" : "lines    0\ndigest   \(B256())\nverdict  ok\n"))
        }
    }

    @Test("what is no journal ends with 65 and one line", arguments: ["verify", "show"])
    func bad(_ verb: String) throws {
        let text = folder.appending(path: "text").path
        try Data("a diary\n".utf8).write(to: URL(filePath: text))
        for (path, says) in [
            (folder.path + "/none", "there is no journal"), (folder.path, "there is no journal"),
            (text, "neither a store of a keeper nor a decision log"),
        ] {
            let run = try run([verb, path])
            #expect(run.status == 65 && run.output.isEmpty)
            #expect(run.message.contains(says) && run.message.contains(path) && !run.message.contains("\n"), "\(run.errors)")
        }
    }
}
