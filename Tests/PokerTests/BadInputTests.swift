import EthCodec
import EthRPC
import Foundation
import TestSupport
import Testing

/// Bad input gets one clear line and the documented exit code.
@Suite struct BadInputTests {
    /// With a place of its own for the store.
    static var good: String {
        // Without a folder the store is nowhere, which no test takes for good.
        template.replacingOccurrences(of: "${STORE_FOLDER}", with: (try? Project.temporaryFolder().path) ?? "/none")  // see above
    }

    private static let template = file.good
    static let most = file.most

    /// Writes a configuration, changed by one replacement.
    static func config(_ old: String = "", _ new: String = "") throws -> String {
        let file = try Project.temporaryFolder().appending(path: "poker.yaml")
        let text = old.isEmpty ? template : template.replacingOccurrences(of: old, with: new)
        try #require(old.isEmpty || text != template)
        try text.replacingOccurrences(of: "${STORE_FOLDER}", with: file.deletingLastPathComponent().path).write(
            to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    @Test("The configuration itself is good")
    func control() throws {
        let run = try ProgramRun.poker(["config", "check", "--config", try Self.config()])
        #expect(run.status == 0, "\(run.errors)")
    }

    /// A change of the good configuration; those of the file are shared with the tests of the schema.
    struct Case: Sendable, Decodable, CustomTestStringConvertible {
        var old: String
        var new: String
        var says: [String]
        var testDescription: String { says.joined(separator: " … ") }
    }

    private struct Cases: Decodable {
        var good: String
        /// With every key that there is, but for other signers than a remote one.
        var most: String
        var bad: [Case]
    }

    private static let file: Cases = {
        do {
            let data = try Data(contentsOf: Project.root.appending(path: "Tests/Fixtures/configurations.json"))
            return try JSONDecoder().decode(Cases.self, from: data)
        } catch { preconditionFailure("\(error)") }
    }()

    static let cases = file.bad

    @Test("A bad configuration is refused with exit 78, naming the key and what was expected", arguments: cases)
    func badConfiguration(_ one: Case) throws {
        let run = try ProgramRun.poker(["config", "check", "--config", try Self.config(one.old, one.new)])
        #expect(run.status == 78)
        for word in one.says { #expect(run.message.contains(word), "\(run.message)") }
        #expect(!run.message.contains("\n"), "one line: \(run.message)")
    }

    @Test("A file that is not there is named")
    func missingFile() throws {
        let run = try ProgramRun.poker(["config", "check", "--config", "no-such.yaml"])
        #expect(run.status == 78 && run.message.contains("no-such.yaml"))
    }

    @Test(
        "Unknown flags and verbs are usage errors, and run --dry-run names dry-run",
        arguments: [
            (["dry-run", "--config", "x", "--simulate"], "--simulate"), (["poke"], "poke"),
            (["run", "--config", "x", "--dry-run"], "poker dry-run"),
            (["backtest", "--config", "x"], "--cassette"),
            (["backtest", "--config", "x", "--cassette", "y", "--fees-now", "3"], "unit"),
            (["record", "--config", "x", "--output", "y", "--until", "tomorrow"], "tomorrow"),
        ])
    func usage(arguments: [String], word: String) throws {
        let run = try ProgramRun.poker(arguments)
        #expect(run.status == 64)
        #expect(run.errors.contains(word), "\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test("No node: exit 69 and the endpoint's label, not its URL")
    func unreachable() throws {
        let run = try ProgramRun.poker(["dry-run", "--config", try Self.config()])
        #expect(run.status == 69 && run.message.contains("own"), "\(run.message)")
        #expect(!run.message.contains("127.0.0.1"))
    }

    @Test("No endpoint at all is a configuration error")
    func noEndpoint() throws {
        let run = try ProgramRun.poker([
            "dry-run", "--config", try Self.config("rpc: { endpoints: [{ name: own, url: \"http://127.0.0.1:1\" }] }\n", ""),
        ])
        #expect(run.status == 78 && run.message.contains("rpc.endpoints"), "\(run.message)")
    }

    /// A block header as a node gives it.
    static let header: String = {
        let (own, parent) = (String(repeating: "ab", count: 32), String(repeating: "cd", count: 32))
        return
            #"{"number":"0x10","hash":"0x\#(own)","parentHash":"0x\#(parent)","timestamp":"0x69188898","gasLimit":"0x3938700","#
            + #""gasUsed":"0x0","baseFeePerGas":"0x7"}"#
    }()

    /// Answers of a broken node to `eth_chainId`, the first request of every verb.
    static let brokenAnswers: [(body: String, status: Int32, word: String)] = [
        ("<html><body>502 Bad Gateway</body></html>", 69, "HTML"),
        (#"{"jsonrpc":"2.0","id":1,"resu"#, 69, "ends early"),
        (#"{"jsonrpc":"2.0","id":7,"result":"0x539"}"#, 69, "id 1"),
        (#"{"jsonrpc":"2.0","id":1,"result":"0x1"}"#, 78, "expected chain 1337"),
        (#"{"jsonrpc":"2.0","id":1,"result":"1337"}"#, 65, "quantity"),
        (#"{"jsonrpc":"2.0","id":1,"result":null}"#, 65, "quantity"),
        (#"{"jsonrpc":"2.0","id":1}"#, 65, "result"),
        (#"{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"limit exceeded"}}"#, 69, "limit exceeded"),
        ("", 69, "empty"),
    ]

    @Test("Broken answers are named", arguments: brokenAnswers)
    func brokenNode(body: String, status: Int32, word: String) throws {
        let server = try CannedServer { _ in body }
        let run = try ProgramRun.poker(["dry-run", "--config", try Self.config(), "--rpc-url", server.url])
        #expect(run.status == status, "\(run.message)")
        #expect(run.message.contains(word), "\(run.message)")
    }

    @Test("An empty result, as of an address without a contract, names the call")
    func emptyResult() throws {
        let server = try CannedServer { request in
            guard let json = try? JSONScanner.parse(Array(request.utf8)) else { return "" }
            let answers = (json.array ?? [json]).map { one -> String in
                let result =
                    switch one["method"]?.string {
                    case "eth_chainId": #""0x539""#
                    case "eth_getBlockByNumber", "eth_getBlockByHash": Self.header
                    case "eth_getStorageAt": "\"0x\(String(repeating: "0", count: 64))\""
                    case "eth_call": #""0x""#
                    default: "null"
                    }
                return #"{"jsonrpc":"2.0","id":\#(one["id"] ?? .null),"result":\#(result)}"#
            }
            return json.array == nil ? answers[0] : "[" + answers.joined(separator: ",") + "]"
        }
        let run = try ProgramRun.poker(["dry-run", "--config", try Self.config(), "--rpc-url", server.url])
        #expect(run.status == 65, "\(run.message)")
        #expect(run.message.contains("contract"), "\(run.message)")
    }

    @Test("run needs a store, in a folder that is there")
    func store() throws {
        let none = try ProgramRun.poker([
            "run", "--config", try Self.config("store: \"${STORE_FOLDER}/poker.sqlite\"\n", ""),
        ])
        #expect(none.status == 78 && none.message.contains("store: the key is missing"), "\(none.message)")
        let nowhere = try ProgramRun.poker(["run", "--config", try Self.config("${STORE_FOLDER}", "/no/such")])
        #expect(nowhere.status == 75 && nowhere.message.contains("/no/such/poker.sqlite"), "\(nowhere.message)")
    }

    @Test("clock: chain is refused on public chains")
    func chainClock() throws {
        let run = try ProgramRun.poker([
            "config", "check", "--config", try Self.config("chain: { id: 1337 }", "clock: chain\nchain: { id: 11155111 }"),
        ])
        #expect(run.status == 78 && run.message.contains("Sepolia"), "\(run.message)")
    }

    @Test("A body that stalls ends in a timeout, exit 69")
    func stalledBody() throws {
        let server = try CannedServer(stallAfter: 8) { _ in #"{"jsonrpc":"2.0","id":1,"result":"0x539"}"# }
        let run = try ProgramRun.poker(["dry-run", "--config", try Self.config(), "--rpc-url", server.url, "--rpc-timeout", "1s"])
        // What is left of the second when the body begins: the machine may have used some of it.
        let isOfTheSecond = ["1.0", "0.9", "0.8"].contains { run.message.contains("no complete answer within \($0)") }
        #expect(run.status == 69 && isOfTheSecond, "\(run.message)")
    }

    @Test(
        "A header beyond all bounds is refused by field",
        arguments: [
            (#""timestamp":"0x69188898""#, #""timestamp":"0xffffffffffffffff""#, "timestamp"),
            (#""number":"0x10""#, #""number":"0xffffffffffffffff""#, "number"),
        ])
    func absurdHeader(old: String, new: String, field: String) throws {
        let header = Self.header.replacingOccurrences(of: old, with: new)
        let server = try CannedServer { request in
            let result = request.contains("eth_chainId") ? #""0x539""# : header
            return #"{"jsonrpc":"2.0","id":1,"result":\#(result)}"#
        }
        let run = try ProgramRun.poker(["dry-run", "--config", try Self.config(), "--rpc-url", server.url])
        #expect(run.status == 65 && run.message.contains(field), "\(run.message)")
    }

    @Test("A file that is no decision log is not written to")
    func foreignJournal() throws {
        let file = try Project.temporaryFolder().appending(path: "precious")
        try "precious".write(to: file, atomically: true, encoding: .utf8)
        let server = try CannedServer { request in
            let result = request.contains("eth_chainId") ? #""0x539""# : Self.header
            return #"{"jsonrpc":"2.0","id":1,"result":\#(result)}"#
        }
        let run = try ProgramRun.poker([
            "dry-run", "--config", try Self.config(), "--rpc-url", server.url, "--decisions", file.path,
        ])
        #expect(run.status == 78 && run.message.contains("no decision log"), "\(run.message)")
        #expect(try String(contentsOf: file, encoding: .utf8) == "precious")
    }

    @Test("A server that repeats the URL does not make us repeat it")
    func echoedToken() throws {
        let server = try CannedServer { _ in
            #"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"bad id in /v3/\#(CanaryTests.token)\u001b[31m\nforged"}}"#
        }
        let run = try ProgramRun.poker([
            "dry-run", "--config", try Self.config(), "--rpc-url", server.url + "/v3/" + CanaryTests.token,
        ])
        #expect(run.status == 69 && run.message.contains("<secret>") && !run.message.contains("\n"), "\(run.message)")
        #expect(!run.errors.contains(CanaryTests.token) && !run.errors.contains("\u{1B}"))
    }
}
