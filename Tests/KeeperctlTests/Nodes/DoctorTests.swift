import EthCodec
import EthRPC
import Foundation
import KeeperTestServer
import TestSupport
import Testing

/// `keeperctl doctor` as people run it, against nodes on real sockets.
@Suite("Doctor", .serialized) struct DoctorTests {
    static func doctor(_ arguments: [String], environment: [String: String] = [:]) async throws -> ProgramRun {
        try await ProgramRun.awaiting(
            ProgramRun.product("keeperctl"), ["doctor", "--probes", "3"] + arguments, environment: environment)
    }

    private static func lines(_ run: ProgramRun) -> [String] { run.output.split(separator: "\n").map(String.init) }

    private static func problems(_ run: ProgramRun) -> [String] { lines(run).filter { $0.hasPrefix("! ") } }

    private static let read = ["--read", "\(ToyChain.contract):3"]

    @Test("Healthy nodes have no problems, and the exit code is 0")
    func healthy() async throws {
        try await ToyChain().with { one in
            try await ToyChain(client: "Other/v9.9").with { other in
                let run = try await Self.doctor(["-r", "one=\(one.url)", "-r", "ws=\(other.webSocketURL)"] + Self.read)
                #expect(run.status == 0, "\(run.output)\(run.errors)")
                #expect(run.output.contains("no problems") && run.output.contains("all agree"))
                #expect(run.output.contains("Toy/v1.2.3-stable ") && run.output.contains("Other/v9.9"))
                let subscribe = Self.lines(run).first { $0.hasPrefix("eth_subscribe") }
                #expect(subscribe?.split(separator: " ").map(String.init) == ["eth_subscribe", "-", "yes"])
                #expect(one.requests.count < 60, "a doctor burdens nobody: \(one.requests.count)")
            }
        }
    }

    @Test("Of three nodes one lags, one is on another chain, one has another word in storage: each is named, exit 65")
    func three() async throws {
        try await ToyChain(height: 110).with { lagging in
            try await ToyChain(id: 5).with { stranger in
                try await ToyChain.storing("0x2a").with { changed in
                    let urls = ["-r", "late=\(lagging.url)", "-r", "stranger=\(stranger.url)", "-r", "liar=\(changed.url)"]
                    let run = try await Self.doctor(urls + ["--chain-id", "1337"] + Self.read)
                    #expect(run.status == 65, "\(run.output)\(run.errors)")
                    let problems = Self.problems(run)
                    #expect(problems.contains { $0.hasPrefix("! late: is 10 blocks behind the best head, 120") })
                    #expect(problems.contains { $0.hasPrefix("! stranger: is on chain 5, not 1337") })
                    #expect(
                        problems.contains {
                            $0.hasPrefix("! late, liar: storage") && $0.contains("late says 0x0, liar says 0x2a")
                        })
                    #expect(problems.count == 3, "\(problems)")
                    #expect(!stranger.requests.contains { $0.calls.contains { $0.method == "eth_getStorageAt" } })
                }
            }
        }
    }

    @Test("A majority names the one that is wrong")
    func majority() async throws {
        try await ToyChain().with { one in
            try await ToyChain().with { two in
                try await ToyChain.storing("0x2a").with { changed in
                    let urls = ["-r", "liar=\(changed.url)", "-r", "one=\(one.url)", "-r", "two=\(two.url)"]
                    let run = try await Self.doctor(urls + Self.read)
                    #expect(run.status == 65)
                    #expect(Self.problems(run).count == 1)
                    #expect(Self.problems(run).first?.hasPrefix("! liar: storage") == true, "\(run.output)")
                    #expect(run.output.contains("liar says 0x2a, where one and two say 0x0"))
                    // Without the read nobody knows.
                    #expect(try await Self.doctor(urls).status == 0)
                }
            }
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var chain = ToyChain()
        var faults: @Sendable (FaultScript) -> FaultScript = { $0 }
        var status: Int32
        var says: [String]
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "another chain", chain: ToyChain(id: 8453), status: 78, says: ["! bad: is on chain 8453 (Base), not 1337"]),
        Case(name: "a lag", chain: ToyChain(height: 117), status: 75, says: ["! bad: is 3 blocks behind the best head, 120"]),
        Case(name: "a lag within limits", chain: ToyChain(height: 118), status: 0, says: ["no problems"]),
        Case(
            name: "far behind on a fork", chain: ToyChain(height: 20, fork: 10), status: 65,
            says: ["! bad: is 100 blocks behind", "! bad: block 18: bad says 0x"]),
        Case(name: "a fork", chain: ToyChain(fork: 100), status: 65, says: ["! bad: block 118: bad says 0x"]),
        Case(name: "syncing", chain: ToyChain(isSyncing: true), status: 75, says: ["! bad: is still syncing"]),
        Case(
            name: "no fee history", chain: ToyChain(missing: ["eth_feeHistory"]), status: 78,
            says: ["! bad: no eth_feeHistory: not offered"]),
        Case(
            name: "overrides ignored", chain: ToyChain(ignoresOverrides: true), status: 0,
            says: ["no problems", "- bad: no block overrides: ignored"]),
        Case(
            name: "HTML", faults: { $0.replying(.gatewayPage(502)) { _ in true } }, status: 69,
            says: ["! bad: gives no usable answer: HTTP status 502"]),
        Case(
            name: "an HTML page", faults: { $0.replying(.html) { _ in true } }, status: 69,
            says: ["! bad: gives no usable answer: expected JSON, got HTML"]),
        Case(
            name: "throttled", faults: { $0.replying(.tooManyRequests(), toMethod: "eth_blockNumber") }, status: 75,
            says: ["! bad: wants fewer requests"]),
        Case(
            name: "a chain id of another form",
            faults: {
                $0.replying(.computed { _ in Array(#"{"jsonrpc":"2.0","id":1,"result":"1337"}"#.utf8) }, toMethod: "eth_chainId")
            },
            status: 65, says: ["! bad: gives no usable answer", "quantity"]),
        Case(
            name: "a batch limit",
            faults: { $0.replying(.refuse(-32600, "batch too large", wholeBatch: true)) { $0.calls.count > 37 } }, status: 0,
            says: ["no problems", " 37\n"]),
    ]

    @Test("What is wrong with one node is one line with its name, and the exit code tells", arguments: cases)
    func one(_ wrong: Case) async throws {
        try await ToyChain().with { good in
            try await ToyChain().with { other in
                try await wrong.chain.with(wrong.faults) { bad in
                    let urls = ["-r", "good=\(good.url)", "-r", "other=\(other.url)", "-r", "bad=\(bad.url)"]
                    let run = try await Self.doctor(urls)
                    #expect(run.status == wrong.status, "\(run.output)\(run.errors)")
                    for text in wrong.says { #expect(run.output.contains(text), "\(text) in \(run.output)") }
                    #expect(Self.problems(run).allSatisfy { $0.hasPrefix("! bad") && $0.contains(". ") }, "\(run.output)")
                }
            }
        }
    }

    @Test("A public chain's old head is a problem")
    func stale() async throws {
        try await ToyChain(id: 1, genesis: 1_700_000_003).with { server in
            let run = try await Self.doctor(["-r", server.url])
            #expect(run.status == 75)
            #expect(run.output.contains("! node1: its newest head is ") && run.output.contains("older than 60 s"))
        }
    }

    @Test("JSON says the same for programs")
    func json() async throws {
        try await ToyChain().with { one in
            try await ToyChain.storing("0x2a").with { changed in
                let run = try await Self.doctor(["-r", "one=\(one.url)", "-r", "liar=\(changed.url)", "--json"] + Self.read)
                #expect(run.status == 65)
                let report = try JSONScanner.parse(Array(run.output.utf8))
                #expect(report["exitCode"]?.uint64 == 65 && report["chainId"]?.uint64 == 1337)
                #expect(report["nodes"]?.array?.compactMap { $0["endpoint"]?.string } == ["one", "liar"])
                #expect(report["nodes"]?.array?.first?["head"]?["number"]?.uint64 == 120)
                #expect(report["findings"]?.array?.first?["kind"] == "answers-differ")
                #expect(report["findings"]?.array?.first?["endpoints"] == ["one", "liar"])
                #expect(report["comparison"]?["block"]?.uint64 == 118)
            }
        }
    }

    @Test(
        "Bad arguments are refused",
        arguments: [
            ([], 64), (["-r", "a=http://x", "-r", "a=http://y"], 64),
            (["-r", "http://x", "--read", "eth_sendRawTransaction 0x"], 64),
            (["-r", "http://x", "--read", "0x12:3"], 65), (["-r", "ftp://x"], 78), (["--config", "/nowhere.yaml"], 78),
            (["-r", "http://x", "-r", "http://y", "--rpc-headers", "a: b"], 64),
        ] as [([String], Int32)])
    func refusals(_ arguments: [String], _ status: Int32) async throws {
        let run = try await Self.doctor(arguments)
        #expect(run.status == status, "\(run.output)\(run.errors)")
    }
}
