import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import TestSupport
import Testing

/// `poker doctor` against the local chain, some of its nodes being wrong about it.
@Suite(.serialized)
struct DoctorTests {
    private static let slot = PokerRunTests.midnight

    /// The local chain inside the hour, when all oracles are due.
    private static func chain() async throws -> LocalChain {
        let chain = try await LocalChain(genesisTime: slot - 1800)
        for time in [slot - 1, slot + 11] { try await chain.mine(at: time) }
        return chain
    }

    /// A node that says that PIP_ETH was poked in this hour.
    private static func liar(_ chain: LocalChain) throws -> CannedServer {
        try altering(chain, slot: "0x2") { word in
            // From the left: 2 bytes of nothing, zzz in 8, hop in 2, the source in 20.
            let zzz = String(Self.slot, radix: 16)
            return "0x0000" + String(repeating: "0", count: 16 - zzz.count) + zzz + word.dropFirst(22)
        }
    }

    /// A node that changes one word of PIP_ETH's storage.
    private static func altering(
        _ chain: LocalChain, slot: String, _ change: @escaping @Sendable (String) -> String
    ) throws -> CannedServer {
        let oracle = try #require(chain.addresses["PIP_ETH"]).hex
        return try AlteringProxy.server(
            before: chain.url,
            answer: { request, result in
                guard request.method == "eth_getStorageAt", request.params[0].string == oracle, request.params[1].string == slot
                else { return result }
                return .string(change(result.string ?? ""))
            })
    }

    /// A node whose head is some blocks old.
    private static func late(_ chain: LocalChain, _ head: BlockHeader) throws -> CannedServer {
        let old = Quantity.encode(head.number)
        return try AlteringProxy.server(
            before: chain.url,
            ask: { request in
                guard request.method == "eth_getBlockByNumber", request.params.first == "latest" else { return request }
                return RPCRequest(id: request.id, method: request.method, params: [old] + request.params.dropFirst())
            })
    }

    /// A token as a header has it.
    private static let headerToken = "canaryHeader51dead"

    private struct Run {
        var run: ProgramRun
        var problems: [String] { run.output.split(separator: "\n").map(String.init).filter { $0.hasPrefix("! ") } }
    }

    private static func doctor(
        _ chain: LocalChain, _ endpoints: [(name: String, url: String)], quorum: Int = 1, plan: String = "cheapest",
        key: String? = nil, mode: Int = 0o600, arguments: [String] = []
    ) async throws -> Run {
        let folder = try Project.temporaryFolder()
        let keyFile = folder.appending(path: "key")
        try (key ?? chain.accounts["keeper"]?.key ?? "").write(to: keyFile, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: keyFile.path)
        let headers = "headers: { X-Api-Key: \(headerToken) }"
        let nodes = endpoints.map { name, url in
            let token = CanaryTests.token
            let secret = url.replacing("://", with: "://\(token):\(token)@") + "/v3/\(token)?key=\(token)"
            return "{ name: \(name), url: \"\(secret)\", \(headers) }"
        }.joined(separator: ", ")
        let text =
            PokerProcess.configuration(chain, extra: ["plan: \(plan)"])
            + "rpc: { quorum: \(quorum), endpoints: [\(nodes)] }\n"
        let config = folder.appending(path: "poker.yaml")
        try text.write(to: config, atomically: true, encoding: .utf8)
        let run = try await ProgramRun.awaiting(
            Project.poker, ["doctor", "--config", config.path, "--probes", "3"] + arguments,
            environment: ["KEY_FILE": keyFile.path])
        let all = run.output + run.errors
        #expect(!all.contains(CanaryTests.token) && !all.contains(headerToken) && !all.contains("127.0.0.1"), "\(all)")
        let digits = (chain.accounts["keeper"]?.key ?? "").dropFirst(2).lowercased()
        #expect(!all.lowercased().contains(digits), "\(all)")
        return Run(run: run)
    }

    @Test("Nodes that agree, a key that can be read and an account that can pay: no problems")
    func healthy() async throws {
        let chain = try await Self.chain()
        let doctor = try await Self.doctor(chain, [("one", chain.url), ("two", chain.url)], quorum: 2)
        #expect(doctor.run.status == 0, "\(doctor.run.output)\(doctor.run.errors)")
        let account = try #require(chain.accounts["keeper"]?.address)
        #expect(doctor.run.output.contains("no problems") && doctor.run.output.contains("account \(account) holding"))
        let opinions = doctor.run.output.split(separator: "\n").filter { $0.hasPrefix("  by ") }
        #expect(opinions.count == 2 && opinions.allSatisfy { $0.contains("poker-local/\(Self.slot)/") && $0.contains("due") })
    }

    @Test("A node with another word in storage leads to another decision: it is named, with the facts and the reads, exit 65")
    func decisionDiffers() async throws {
        let chain = try await Self.chain()
        let liar = try Self.liar(chain)
        let nodes = [("one", chain.url), ("liar", liar.url), ("two", chain.url)]
        let doctor = try await Self.doctor(chain, nodes, quorum: 2)
        #expect(doctor.run.status == 65, "\(doctor.run.output)\(doctor.run.errors)")
        let decision = doctor.problems.first { $0.hasPrefix("! liar: the decision differs: by one and two it would send") }
        #expect(decision?.contains("by liar it would send") == true, "\(doctor.run.output)")
        #expect(
            decision?.contains("facts.oracles[1].zzz: one \(Self.slot - 3600), liar \(Self.slot)") == true, "\(doctor.run.output)"
        )
        #expect(doctor.problems.contains { $0.hasPrefix("! liar: storage") && $0.contains(" 0x2: liar says") })
        #expect(!doctor.run.output.contains("rpc.quorum is"), "two agree")

        let alone = try await Self.doctor(chain, [("one", chain.url), ("liar", liar.url)], quorum: 2)
        #expect(alone.problems.contains { $0.hasPrefix("! one, liar: the decision differs") }, "\(alone.run.output)")
        #expect(alone.problems.contains { $0.contains("rpc.quorum is 2, and 1 node agrees") })
    }

    @Test("A difference that changes nothing is told as that, and the wrong answer is a problem all the same")
    func factsDiffer() async throws {
        let chain = try await Self.chain()
        let liar = try Self.altering(chain, slot: "0x3") { word in word.dropLast() + (word.last == "1" ? "2" : "1") }
        let nodes = [("one", chain.url), ("two", chain.url), ("liar", liar.url)]
        let doctor = try await Self.doctor(chain, nodes, plan: "mega-poker")
        #expect(doctor.run.status == 65)
        #expect(!doctor.run.output.contains("the decision differs"), "\(doctor.run.output)")
        #expect(doctor.run.output.contains("- liar: facts differ, the decision is the same [facts.oracles[1].current.value"))
        #expect(doctor.problems.contains { $0.hasPrefix("! liar: storage") && $0.contains(" 0x3: ") }, "\(doctor.problems)")
    }

    @Test("Of three nodes one lags, one is on another chain, one lies: each is named")
    func three() async throws {
        let chain = try await Self.chain()
        let old = try await chain.provider.head()
        for time in 1...10 as ClosedRange<UInt64> { try await chain.mine(at: Self.slot + 11 + 12 * time) }
        let late = try Self.late(chain, old)
        let liar = try Self.liar(chain)
        let stranger = try CannedServer { _ in #"{"jsonrpc":"2.0","id":1,"result":"0x5"}"# }
        let doctor = try await Self.doctor(chain, [("late", late.url), ("stranger", stranger.url), ("liar", liar.url)])
        #expect(doctor.run.status == 65)
        #expect(doctor.problems.contains { $0.hasPrefix("! late: is 10 blocks behind") }, "\(doctor.run.output)")
        #expect(doctor.problems.contains { $0.hasPrefix("! stranger: is on chain 5, not 1337") })
        #expect(doctor.problems.contains { $0.hasPrefix("! late, liar: the decision differs") })
    }

    @Test("Dead nodes and keys that cannot be used are named, and the exit code tells")
    func broken() async throws {
        let chain = try await Self.chain()
        let dead = try await Self.doctor(chain, [("one", chain.url), ("dead", "http://127.0.0.1:1")], quorum: 2)
        #expect(dead.run.status == 69, "\(dead.run.output)")
        #expect(dead.problems.contains { $0.hasPrefix("! dead: gives no usable answer: no connection") })
        #expect(dead.problems.contains { $0.contains("rpc.quorum is 2, and 1 node agrees") })

        let badKey = try await Self.doctor(chain, [("one", chain.url)], key: "c0ffee42c0ffee42")
        #expect(badKey.run.status == 78 && !badKey.run.output.contains("c0ffee42"))
        #expect(badKey.problems.first?.contains("the key cannot be used") == true, "\(badKey.run.output)")

        let exposed = try await Self.doctor(chain, [("one", chain.url)], mode: 0o644)
        #expect(exposed.run.status == 0)
        #expect(exposed.run.output.contains("- others than its owner can read the file of signer.privateKeyFile. chmod 600 it"))

        let poor = try await Self.doctor(chain, [("one", chain.url)], key: String(repeating: "5e", count: 32))
        #expect(poor.run.status == 78 && poor.problems.contains { $0.contains("holds 0.000000 ETH") }, "\(poor.run.output)")
    }

    @Test("Nodes that fail in other ways are named, and nothing secret is shown")
    func failing() async throws {
        let chain = try await Self.chain()
        let html = try CannedServer(contentType: "text/html") { _ in "<html>\(CanaryTests.token)</html>" }
        let stalling = try CannedServer(stallAfter: 3) { _ in #"{"jsonrpc":"2.0","id":1,"result":"0x539"}"# }
        let echo = try CannedServer { _ in #"{"jsonrpc":"2.0","id":1,"result":"\#(CanaryTests.token)"}"# }
        let nodes = [("one", chain.url), ("html", html.url), ("stalling", stalling.url), ("echo", echo.url)]
        for arguments in [[], ["--json"]] as [[String]] {
            let doctor = try await Self.doctor(chain, nodes, arguments: arguments)
            #expect(doctor.run.status == 65, "\(doctor.run.output)")
            for text in ["expected JSON, got HTML", "no complete answer", "<secret>"] {
                #expect(doctor.run.output.contains(text), "\(text) in \(doctor.run.output)")
            }
        }
    }

    @Test("JSON has each node's opinion with its facts")
    func json() async throws {
        let chain = try await Self.chain()
        let doctor = try await Self.doctor(chain, [("one", chain.url)], arguments: ["--json"])
        let report = try JSONScanner.parse(Array(doctor.run.output.utf8))
        #expect(report["exitCode"]?.uint64 == 0, "\(doctor.run.output)")
        let opinion = report["keeper"]?["opinions"]?.array?.first
        #expect(opinion?["endpoint"] == "one" && opinion?["transactions"]?.array?.count == 1)
        #expect(opinion?["facts"]?["facts"]?["oracles"]?.array?.count == 4)
    }
}
