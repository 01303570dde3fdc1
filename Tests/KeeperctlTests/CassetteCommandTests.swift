import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import TestSupport
import Testing

/// `keeperctl cassette` as people use it.
@Suite("Commands for recordings") struct CassetteCommandTests {
    private static let account = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"

    private func run(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun.run(ProgramRun.product("keeperctl"), ["cassette"] + arguments)
    }

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "cassette-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func head(_ number: UInt64) -> BlockHeader {
        BlockHeader(
            number: number, hash: UInt256(1_000_000 + number).bigEndianBytes, parentHash: BlockHash(),
            timestamp: 1_700_000_000 + 12 * number, gasLimit: 30_000_000, gasUsed: 0, baseFeePerGas: nil)
    }

    /// A recording of ten heads; the balance at block 5 is given.
    private func recording(_ path: String, balance: String = "0x5") throws {
        let writer = try CassetteWriter(path: path, opening: CassetteOpening(chainID: 1, keeper: "poker"))
        for number in 0..<10 as Range<UInt64> {
            let head = Self.head(number)
            let block = JSON.object([
                "number": .string("0x" + String(number, radix: 16)), "hash": .string(head.hash.description),
                "parentHash": .string(head.parentHash.description),
                "timestamp": .string("0x" + String(head.timestamp, radix: 16)), "gasLimit": "0x1c9c380", "gasUsed": "0x0",
            ])
            func response(_ id: UInt64, _ result: JSON) throws -> RPCResponse {
                let json = JSON.object(["jsonrpc": "2.0", "id": .integer(id), "result": result])
                return try RPCResponse(parsing: JSONWriter.bytes(of: json)[...])
            }
            let hash = JSON.string(head.hash.description)
            try writer.record(
                [
                    RPCRequest(id: 1, method: "eth_getBlockByHash", params: [hash, false]),
                    RPCRequest(
                        id: 2, method: "eth_getBalance", params: [.string(Self.account), .object(["blockHash": hash])]),
                ], [response(1, block), response(2, number == 5 ? .string(balance) : "0x1")], head: head,
                note: number == 3 ? "asked https://node.example/v2/0a1b2c3d4e5f60718293a4b5" : nil)
        }
        try writer.finish()
    }

    @Test("info tells what is in it")
    func info() throws {
        let file = try folder().appending(path: "a.ndjson.gz").path
        try recording(file)
        let run = try run(["info", file])
        #expect(run.status == 0 && run.errors.isEmpty)
        for line in [
            "chain      1", "keeper     poker", "heads      10", "first      block 0, 2023-11-14T22:13:20Z",
            "last       block 9, 2023-11-14T22:15:08Z", "finished   yes", "eth_getBalance      10",
        ] {
            #expect(run.output.contains(line + "\n"), "\(line)\n\(run.output)")
        }
        let json = try JSONScanner.parse(Array(try self.run(["info", file, "--json"]).output.utf8))
        #expect(json["methods"]?["eth_getBlockByHash"] == 10 && json["members"] == 2 && json["finished"] == true)
        #expect(json["last"]?["block"] == 9)
    }

    @Test("verify is content, or names what is wrong and ends with 65")
    func verify() throws {
        let file = try folder().appending(path: "a.ndjson").path
        try recording(file)
        let good = try run(["verify", file])
        #expect(good.status == 0 && good.output.contains("verdict  good\n") && good.errors.isEmpty, "\(good.output)")
        var text = try String(contentsOfFile: file, encoding: .utf8)
        text.replace("\"result\":\"0x5\"", with: "\"result\":\"0x6\"")
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let altered = try run(["verify", file])
        #expect(altered.status == 65 && altered.message.contains("\(file): the recording was altered"), "\(altered.errors)")
        text.replace("\"block\":7", with: "\"block\":8")
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let named = try run(["verify", file, "--json"])
        #expect(named.status == 65 && named.message.contains("line 9: it names block 8"), "\(named.errors)")
        let json = try JSONScanner.parse(Array(named.output.utf8))
        #expect(json["ok"] == false && json["findings"]?.array?.count == 2 && json["findings"]?.array?.first?["line"] == 9)
    }

    @Test("trim cuts a part out, by blocks and by times")
    func trim() throws {
        let folder = try folder()
        let file = folder.appending(path: "a.ndjson.gz").path
        let output = folder.appending(path: "b.ndjson.gz").path
        try recording(file)
        let cut = try run(["trim", file, "--from", "3", "--to", "2023-11-14T22:14:20Z", "--output", output])
        #expect(cut.status == 0 && cut.output.contains("firstBlock  3\nlastBlock   5\n"), "\(cut.output)\(cut.errors)")
        #expect(try run(["verify", output]).status == 0)
        let again = try run(["trim", file, "--from", "3", "--output", output])
        #expect(again.status == 65 && again.message.contains("file exists"), "\(again.errors)")
        let none = try run(["trim", file, "--from", "30", "--output", output + "2"])
        #expect(none.status == 65 && none.message.contains("nothing lies between block 30 to the end"))
        #expect(try run(["trim", file, "--output", output]).status == 64)
        let wrong = try run(["trim", file, "--from", "soon", "--output", output])
        #expect(wrong.status == 64 && wrong.message.contains("--from: expected a block number"))
    }

    @Test("diff tells what differs and at which block, and ends with 65 if anything does")
    func diff() throws {
        let folder = try folder()
        let (one, other) = (folder.appending(path: "a.ndjson.gz").path, folder.appending(path: "b.ndjson").path)
        try recording(one)
        try recording(other)
        let same = try run(["diff", one, other])
        #expect(same.status == 0 && same.output == "10 heads in both, 20 answers the same, 0 differences\n", "\(same.output)")
        try FileManager.default.removeItem(atPath: other)
        try recording(other, balance: "0x9")
        let differing = try run(["diff", one, other])
        #expect(differing.status == 65 && differing.output.hasPrefix("block 5  answer  eth_getBalance"))
        #expect(differing.output.contains("  < \"0x5\"\n  > \"0x9\"\n"))
        let json = try JSONScanner.parse(Array(try run(["diff", one, other, "--json"]).output.utf8))
        #expect(json["differences"] == 1 && json["shown"]?.array?.first?["block"] == 5)
    }

    @Test("redact replaces an address and removes notes, in a copy that is good")
    func redact() throws {
        let folder = try folder()
        let (file, output) = (folder.appending(path: "a.ndjson.gz").path, folder.appending(path: "b.ndjson").path)
        try recording(file)
        let run = try run(["redact", file, "--address", Self.account, "--output", output, "--json"])
        #expect(run.status == 0, "\(run.errors)")
        let json = try JSONScanner.parse(Array(run.output.utf8))
        #expect(json["notes"] == 1 && json["addresses"]?.array?.first?["count"] == 10)
        let text = try String(contentsOfFile: output, encoding: .utf8)
        #expect(!text.contains("7e5f4552") && !text.contains("example") && text.contains("0xdead00000000"))
        #expect(try self.run(["verify", output]).status == 0)
        for (arguments, expected) in [
            (["--address", "0x12"], "--address: "), (["--address", "\(Self.account)=\(Self.account)"], "named twice"),
            (["--text", "abc"], "--text: expected at least four bytes"),
        ] {
            let bad = try self.run(["redact", file, "--output", output + "2"] + arguments)
            #expect(bad.status == 64 && bad.message.contains(expected), "\(bad.message)")
        }
    }

    @Test("files that are none are named in one line", arguments: ["info", "verify", "trim", "diff", "redact"])
    func bad(_ verb: String) throws {
        let folder = try folder()
        let output = folder.appending(path: "out").path
        let broken = folder.appending(path: "broken.ndjson").path
        let more = ["trim": ["--from", "1", "--output", output], "redact": ["--output", output], "diff": [broken]][verb] ?? []
        try "{\"request\":\n".write(toFile: broken, atomically: true, encoding: .utf8)
        for file in ["/nonexistent/file", folder.path, broken] {
            let run = try run([verb, file] + more)
            #expect(run.status == 65, "\(verb) \(file): \(run.status) \(run.errors)")
            #expect(run.message.contains(file) && !run.message.contains("\n"), "\(run.message)")
            #expect(!FileManager.default.fileExists(atPath: output))
        }
    }
}
