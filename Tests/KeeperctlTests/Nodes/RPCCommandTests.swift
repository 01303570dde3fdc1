import EthPrimitives
import EthRPC
import Foundation
import KeeperTestServer
import TestSupport
import Testing

/// `keeperctl rpc`, against a node on a real socket that answers with what it was asked.
@Suite("rpc", .serialized) struct RPCCommandTests {
    private static func rpc(
        _ arguments: [String], environment: [String: String] = [:], input: String? = nil
    ) async throws -> ProgramRun {
        try await ProgramRun.awaiting(
            ProgramRun.product("keeperctl"), ["rpc"] + arguments, environment: environment, input: input.map { Array($0.utf8) })
    }

    struct Good: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var input: String?
        /// The array of the method and its parameters, as the echo answers.
        var asked: String
        var testDescription: String { arguments.joined(separator: " ") }
    }

    @Test(
        "Parameters are JSON or words, from the command line or from standard input",
        arguments: [
            Good(arguments: ["eth_blockNumber"], asked: #"["eth_blockNumber"]"#),
            Good(
                arguments: ["m", "latest", "false", "0x10", "7", "null", "\"7\""],
                asked: #"["m","latest",false,"0x10",7,null,"7"]"#),
            Good(arguments: ["m", #"{"to": "0x12", "n": 1.50}"#, "[1]"], asked: #"["m",{"to":"0x12","n":1.50},[1]]"#),
            Good(arguments: ["m", "-", "latest"], input: "0xf86c\n", asked: #"["m","0xf86c","latest"]"#),
            Good(arguments: ["m", "--raw", #"["0x1", {"a": []}]"#], asked: #"["m","0x1",{"a":[]}]"#),
            Good(arguments: ["m", "--raw", "-"], input: "[true]", asked: #"["m",true]"#),
            Good(arguments: ["m", "--raw"], input: "[]", asked: #"["m"]"#),
        ])
    func parameters(_ good: Good) async throws {
        try await FaultServer.with { server in
            for url in [server.url, server.webSocketURL] {
                let run = try await Self.rpc(["--json", "-r", url] + good.arguments, input: good.input)
                #expect(run.status == 0 && run.message.isEmpty, "\(run.errors)")
                #expect(run.output == good.asked + "\n")
            }
        }
    }

    @Test("Results are printed as other commands print theirs")
    func results() async throws {
        try await ToyChain().with { server in
            let number = try await Self.rpc(["eth_blockNumber"], environment: ["ETH_RPC_URL": server.url])
            #expect(number.output == "0x78\n")
            let block = try await Self.rpc(["eth_getBlockByNumber", "latest", "false", "-r", server.url])
            #expect(block.output.hasPrefix("number         0x78\n"))
        }
    }

    @Test("Headers come from flags, a file or the environment, and a user from the URL")
    func headers() async throws {
        try await FaultServer.with { server in
            let file = FileManager.default.temporaryDirectory.appending(path: "headers-\(UUID().uuidString)")
            try "X-One: 1, still 1\nX-Two: 2\n".write(to: file, atomically: true, encoding: .utf8)
            let url = server.url.replacing("://", with: "://u:p@")
            _ = try await Self.rpc(["m", "-r", url, "--rpc-headers", "@\(file.path)", "--rpc-headers", "X-Three: 3"])
            _ = try await Self.rpc(["m", "-r", server.url], environment: ["ETH_RPC_HEADERS": "X-One: a,X-Two:b"])
            let requests = server.requests
            #expect(requests[0].values(of: "x-one") == ["1, still 1"] && requests[0].values(of: "x-three") == ["3"])
            #expect(requests[0].values(of: "authorization") == ["Basic dTpw"])
            #expect(requests[1].values(of: "x-one") == ["a"] && requests[1].values(of: "x-two") == ["b"])
        }
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        var name: String
        var reply: Reply
        var status: Int32
        var says: [String]
        var testDescription: String { name }
    }

    @Test(
        "What goes wrong is told with advice and the exit code of the table, and nothing is asked twice",
        arguments: [
            Bad(
                name: "unknown method", reply: .refuse(-32601, "the method m does not exist"), status: 69,
                says: ["m from node: the method m does not exist (methodNotFound, -32601)", "advice: This node does not offer"]),
            Bad(
                name: "throttled", reply: .tooManyRequests(retryAfter: "3"), status: 69,
                says: ["HTTP status 429", "rateLimited", "slow down"]),
            Bad(name: "HTML", reply: .html, status: 69, says: ["got HTML", "No node answers there"]),
            Bad(name: "truncated", reply: .truncatedJSON, status: 69, says: ["The answer was cut off"]),
            Bad(name: "not JSON-RPC", reply: .text("[]"), status: 69, says: ["expected a response with id 1"]),
            Bad(name: "another version", reply: .text(#"{"id":1,"result":1}"#), status: 65, says: ["jsonrpc"]),
            Bad(name: "lost", reply: .actThenReset, status: 69, says: ["the connection broke"]),
            Bad(name: "a hang", reply: .hang, status: 69, says: ["no complete answer", "advice: "]),
        ])
    func failures(_ bad: Bad) async throws {
        try await FaultServer.with(FaultScript().replying(bad.reply) { _ in true }) { server in
            let run = try await Self.rpc(["m", "-r", server.url, "--rpc-timeout", bad.name == "a hang" ? "3s" : "60s"])
            #expect(run.status == bad.status, "\(run.errors)")
            for text in bad.says { #expect(run.errors.contains(text), "\(run.errors)") }
            // A hang's time may be over before the machine has come to connect.
            #expect(run.output.isEmpty && server.requests.count == 1 || bad.name == "a hang" && server.requests.isEmpty)
        }
    }

    @Test("A transaction whose answer is lost is sent once, and its hash is named")
    func lostTransaction() async throws {
        let script = FaultScript().replying(.actThenLoseReply, toMethod: "eth_sendRawTransaction")
        try await FaultServer.with(script) { server in
            let raw: [UInt8] = [0xF8, 0x01, 0x02]
            let run = try await Self.rpc(["eth_sendRawTransaction", Hex.encode(raw), "-r", server.url])
            #expect(run.status == 69)
            #expect(
                run.errors.contains("look for the transaction \(Keccak256.hash(raw)) before sending it again"), "\(run.errors)")
            #expect(server.acted.count == 1 && server.requests.count == 1)
        }
    }

    @Test(
        "Bad arguments are refused before anything is sent",
        arguments: [
            (["m", "{\"a\""], 65), (["m", "--raw", "{}"], 65), (["m", "--raw", "[]", "[]"], 64),
            (["m", "--rpc-timeout", "0"], 64),
            (["m", "--rpc-timeout", "1y"], 64), (["m", "--rpc-headers", "no colon"], 64), ([], 64),
        ] as [([String], Int32)])
    func refusals(_ arguments: [String], _ status: Int32) async throws {
        try await FaultServer.with { server in
            let run = try await Self.rpc(arguments + ["-r", server.url])
            #expect(run.status == status && server.requests.isEmpty, "\(run.errors)")
        }
    }

    @Test("Without a node there is nothing to ask; a dead one is unreachable")
    func nowhere() async throws {
        #expect(try await Self.rpc(["m"]).status == 64)
        let dead = try await Self.rpc(["m", "-r", "http://127.0.0.1:1"])
        #expect(dead.status == 69 && dead.errors.contains("advice: Nobody answers there"))
    }
}
