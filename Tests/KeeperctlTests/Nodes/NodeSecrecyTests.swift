import EthRPC
import Foundation
import KeeperTestServer
import TestSupport
import Testing

/// Tokens are planted in every part of a URL and in headers, and looked for in all that the programs print: nothing of them is there,
/// however the nodes fail.
@Suite("Secrets of nodes", .serialized) struct NodeSecrecyTests {
    /// One token for each place.
    static let tokens = [
        "canaryPath4f1e77", "canaryQuery9c0ffee", "canaryUser3d", "canaryPassword8a2b", "canaryHeader51deadbeef",
        "canaryBearer7e7e7e",
    ]

    /// A URL with a token in user, password, path and query.
    static func url(_ plain: String) -> String {
        plain.replacing("://", with: "://\(tokens[2]):\(tokens[3])@") + "/v3/\(tokens[0])?apikey=\(tokens[1])"
    }

    static func expectNone(_ run: ProgramRun, _ place: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
        let text = (run.output + run.errors).lowercased()
        for token in tokens { #expect(!text.contains(token.lowercased()), place, sourceLocation: sourceLocation) }
        #expect(!text.contains("://"), place, sourceLocation: sourceLocation)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var faults: @Sendable (FaultScript) -> FaultScript
        var testDescription: String { name }
    }

    /// Servers that repeat what they were asked, and others that are plainly broken.
    static let cases = [
        Case(name: "healthy") { $0 },
        Case(name: "the request line in an error") { script in
            script.replying(Reply([.look { [.message(Array(error("no such path: \($0.line)").utf8))] }])) { _ in true }
        },
        Case(name: "headers in an error") { script in
            script.replying(Reply([.look { [.message(Array(error("\($0.headers.map { "\($0.name)=\($0.value)" })").utf8))] }])) {
                _ in true
            }
        },
        Case(name: "the request line as the client's version") { script in
            script.replying(
                Reply([.look { [.message(Array(result($0.line).utf8))] }]), toMethod: "web3_clientVersion")
        },
        Case(name: "the request line as the chain id") { script in
            script.replying(Reply([.look { [.message(Array(result($0.line).utf8))] }]), toMethod: "eth_chainId")
        },
        Case(name: "the request line as balance, code and storage") { script in
            script.replying(Reply([.look { [.message(Array(result($0.line).utf8))] }])) { request in
                request.calls.contains { ["eth_getBalance", "eth_getCode", "eth_getStorageAt"].contains($0.method) }
            }
        },
        Case(name: "headers as the chain id") { script in
            script.replying(
                Reply([.look { [.message(Array(result($0.headers.map(\.value).joined(separator: " ")).utf8))] }]),
                toMethod: "eth_chainId")
        },
        Case(name: "HTML") { $0.replying(.html) { _ in true } },
        Case(name: "a gateway") { $0.replying(.gatewayPage(502)) { _ in true } },
        Case(name: "throttled") { $0.replying(.tooManyRequests(retryAfter: "1")) { _ in true } },
        Case(name: "reset") { $0.replying(.resetInBody) { _ in true } },
        Case(name: "a hang") { $0.replying(.hang) { _ in true } },
        Case(name: "redirected") { script in
            script.replying(.status(302, headers: [("Location", "http://127.0.0.1:1/\(tokens[0])")])) { _ in true }
        },
    ]

    private static func escaped(_ text: String) -> String { text.replacing("\"", with: "'").replacing("\\", with: "/") }
    private static func error(_ text: String) -> String {
        #"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"\#(escaped(text))"}}"#
    }
    private static func result(_ text: String) -> String { #"{"jsonrpc":"2.0","id":1,"result":"\#(escaped(text))"}"# }

    @Test("No failure of a node shows a token", arguments: cases)
    func failures(_ fault: Case) async throws {
        try await ToyChain().with(fault.faults) { server in
            let config = try Self.config([Self.url(server.url), Self.url(server.webSocketURL)])
            let keeperctl = ProgramRun.product("keeperctl")
            let few = ["--probes", "1", "--batch-cap", "2"]
            let time = ["--rpc-timeout", fault.name == "a hang" ? "1" : "30"]
            let reads = ["--read", ToyChain.contract, "--read", "\(ToyChain.contract):3"]
            let doctors = [
                ["doctor", "--config", config] + few + reads, ["doctor", "--config", config, "--json"] + few + reads,
                ["doctor", "-r", Self.url(server.url), "--rpc-headers", "X-Api-Key: \(Self.tokens[4])"] + few + time,
                ["doctor", "-r", "a=\(Self.url(server.webSocketURL))", "-r", "b=\(Self.url(server.url))"] + few + time,
            ]
            for arguments in doctors {
                let run = try await ProgramRun.awaiting(keeperctl, arguments)
                Self.expectNone(run, "\(arguments): \(run.output)\(run.errors)")
                #expect(!run.output.isEmpty && run.status != 70, "\(run.errors)")
            }
            let environment = [
                "ETH_RPC_URL": Self.url(server.url), "ETH_RPC_HEADERS": "X-Api-Key: \(Self.tokens[4]),X-B: \(Self.tokens[5])",
                "ETH_RPC_TIMEOUT": time[1],
            ]
            let run = try await ProgramRun.awaiting(keeperctl, ["rpc", "eth_blockNumber"], environment: environment)
            Self.expectNone(run, "\(run.output)\(run.errors)")
            #expect(run.status != 70)
        }
    }

    @Test(
        "No bad URL shows itself",
        arguments: [
            "http://127.0.0.1:1/\(tokens[0])", "ftp://\(tokens[0])", "http://\(tokens[2]):\(tokens[3])@/x", "https:/\(tokens[0])",
            "http://h:99999/\(tokens[0])", "ws://127.0.0.1:1/\(tokens[0])", "http://127.0.0.1:1/ \(tokens[0])",
        ])
    func badURLs(_ url: String) async throws {
        let keeperctl = ProgramRun.product("keeperctl")
        for arguments in [
            ["rpc", "-r", url, "eth_chainId"], ["doctor", "-r", url], ["doctor", "-r", "x=\(url)", "--json"],
            ["doctor", "--config", try Self.config([url])],
        ] {
            let run = try await ProgramRun.awaiting(keeperctl, arguments)
            #expect(run.status == 69 || run.status == 78, "\(run.status) \(run.errors)")
            let text = run.output + run.errors
            for token in Self.tokens { #expect(!text.contains(token), "\(text)") }
        }
    }

    @Test("A URL in the wrong place is not repeated")
    func misplaced() throws {
        for arguments in [
            ["doctor", "https://h/\(Self.tokens[0])"], ["doctor", "--rpc", "https://h/\(Self.tokens[0])"],
            ["rpc", "-r", "http://127.0.0.1:1", "--node=https://h/\(Self.tokens[0])", "eth_chainId"],
            ["doctor", "-r", "x", "--chain-id", "https://h/\(Self.tokens[0])"],
        ] {
            let run = try ProgramRun.run(ProgramRun.product("keeperctl"), arguments)
            #expect(run.status == 64, "\(run.errors)")
            #expect(!run.errors.contains(Self.tokens[0]), "\(run.errors)")
        }
    }

    /// A keeper's configuration with these nodes, each with tokens in its headers too.
    static func config(_ urls: [String]) throws -> String {
        let endpoints = urls.enumerated().map { index, url in
            "    - { name: n\(index), url: \"\(url)\", headers: { X-Api-Key: \(tokens[4]) } }"
        }
        let text = """
            version: 1
            name: some-keeper
            clock: chain
            chain: { id: 1337 }
            rpc:
              timeout: 2s
              endpoints:
            \(endpoints.joined(separator: "\n"))
            allocator: { anything: 1 }

            """
        let file = FileManager.default.temporaryDirectory.appending(path: "nodes-\(UUID().uuidString).yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }
}
