import EthCodec
import EthPrimitives
import EthTransactions
import Foundation
import KeeperTestServer
import TestSupport
import Testing

/// `keeperctl simulate` as people run it, against the local chain, whose machine is another one (py-evm).
@Suite("Simulate", .serialized) struct SimulateTests {
    private static let chain = Task { try await DevChain() }

    /// The chain with a block after which nothing is due until the next hour.
    private static func ready() async throws -> DevChain {
        let chain = try await chain.value
        if try await chain.head().number < 9 { try await chain.request("evm_mine") }
        return chain
    }

    private static func poke(_ chain: DevChain) -> [String] {
        ["simulate", "--to", chain.addresses["MEGAPOKER"] ?? "", "--call", "poke()", "--fork", "Prague"]
    }

    private static func json(_ run: ProgramRun) throws -> JSON {
        #expect(run.status == 0, "\(run.errors)")
        return try JSONScanner.parse(Array(run.output.utf8))
    }

    private static func quantity(_ json: JSON?) -> UInt64? { UInt64(json?.string?.dropFirst(2) ?? "", radix: 16) }

    /// What changes in the next hour, and its first second.
    private static func nextHour(_ chain: DevChain) async throws -> UInt64 {
        let head = try await chain.head()
        return head.time - head.time % 3_600 + 3_600 + 11
    }

    @Test("Before the hour it gives the gas and the logs of the transaction that is mined after it")
    func future() async throws {
        let chain = try await Self.ready()
        try await chain.request("devnode_setSource", "ETH", "\"4321000000000000000000\"", "true")
        try await chain.request("evm_mine")
        let time = try await Self.nextHour(chain)
        let from = chain.accounts["thirdparty"]?.address.description ?? ""
        let report = try Self.json(
            try await chain.run(Self.poke(chain) + ["--time", "\(time)", "--from", from, "--limits", "--json"]))
        #expect(report["environment"]?["timestamp"]?.uint64 == time && report["environment"]?["fork"] == "Prague")
        let used = try #require(report["result"]?["gasUsed"]?.uint64)
        let mined = try await chain.pokeOnce(gas: 1_500_000, at: time)
        #expect(Self.quantity(mined["gasUsed"]) == used && mined["status"] == "0x1")
        let logs = try #require(mined["logs"]?.array)
        #expect(report["result"]?["logs"]?.array?.count == logs.count)
        for (ours, theirs) in zip(report["result"]?["logs"]?.array ?? [], logs) {
            #expect(ours["topics"] == theirs["topics"] && ours["data"] == theirs["data"])
        }
        #expect(report["requests"]?.uint64.map { $0 <= 8 } == true)
        #expect(report["trace"]?["calls"]?.array?.count == 13)

        // The two limits, and the ones below them, as the other machine has it.
        let (succeeding, all) = (report["limits"]?["succeeding"]?.uint64, report["limits"]?["allEffects"]?.uint64)
        for (limit, status, count) in [
            (try #require(all), "0x1", logs.count), (try #require(all) - 1, "0x1", logs.count - 2),
            (try #require(succeeding), "0x1", logs.count - 2), (try #require(succeeding) - 1, "0x0", 0),
        ] as [(UInt64, JSON, Int)] {
            let receipt = try await chain.pokeOnce(gas: limit, at: time)
            #expect(receipt["status"] == status && receipt["logs"]?.array?.count == count, "at \(limit)")
        }
        let starved = try #require(report["limits"]?["starved"]?.array)
        #expect(starved.count == 1 && starved[0]["target"]?.string == chain.addresses["MCD_SPOT"])
        #expect(starved[0]["argument"]?.string == B256(ascii: "LSEV2-SKY-A")?.description)
    }

    @Test("As text it is a tree, and a line for each finding")
    func text() async throws {
        let chain = try await Self.ready()
        let time = try await Self.nextHour(chain)
        let label = "\(chain.addresses["MCD_SPOT"] ?? "")=Spotter"
        let run = try await chain.run(
            Self.poke(chain) + [
                "--time", "\(time)", "--limits", "--second-opinion", "--depth", "1", "--label", label, "--abi",
                URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Contracts/build/Spotter.json").path,
            ])
        #expect(run.status == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(
            lines.first?.contains(" · Prague (as said) · base fee ") == true && lines.first?.contains("T") == true, "\(lines)")
        #expect(
            lines.contains { $0.hasPrefix("└─ Spotter.poke(ilk: LSEV2-SKY-A)  gas ") && $0.hasSuffix("  ok  (STARVES FIRST)") })
        #expect(lines.contains("status       1"))
        #expect(lines.contains { $0.hasPrefix("gas limit    ") && $0.contains(" is the smallest with every effect; from ") })
        #expect(lines.contains { $0.hasPrefix("starves      Spotter.poke(ilk: LSEV2-SKY-A) at limits in between: wants ") })
        #expect(lines.contains { $0.hasPrefix("access list  10 accounts, 59 slots: saves ") })
        // This node's estimate is about the smallest limit with status 1, which is one that starves.
        #expect(
            lines.contains { $0.hasPrefix("node         ! eth_estimateGas: limit ") && $0.hasSuffix("an inner call STARVES") })
    }

    @Test("A mined transaction comes out as it was, behind those before it in its block")
    func mined() async throws {
        let chain = try await Self.ready()
        for _ in 0..<2 { try await chain.request("devnode_poke", #"{"via": "mega", "gas": 1500000}"#) }
        let hash = try await chain.request("devnode_poke", #"{"via": "osm:ETH", "gas": 200000}"#).string ?? ""
        try await chain.request("evm_mine", "\(try await Self.nextHour(chain))")
        let report = try Self.json(try await chain.run(["simulate", "--hash", hash, "--fork", "prague", "--json"]))
        #expect(report["mined"]?["differences"] == [] && report["mined"]?["replayed"]?.uint64 == 2)
        #expect(report["result"]?["status"]?.uint64 == 0)
        #expect(report["result"]?["reason"] == "\"OSM/not-passed\"")
        // Alone it would have succeeded: that is said, and no difference that anybody must look after.
        let alone = try await chain.run(["simulate", "--hash", hash, "--fork", "prague", "--before", "1"])
        #expect(alone.status == 0, "\(alone.errors)")
        #expect(alone.output.contains("! 2 transactions before it in its block were not executed"))
        #expect(alone.output.contains("mined        ! DIFFERS from ours: status 0"))
        // With the rules of another time it is another result.
        let wrong = try await chain.run(["simulate", "--hash", hash, "--fork", "Shanghai"])
        #expect(wrong.status == 65 && wrong.output.contains("! DIFFERS"))
    }

    /// A signed transfer of the keeper's.
    private static func transfer(_ chain: DevChain, nonce: Nonce, chainID: ChainID = 1337, value: Wei = .ether(1)) throws
        -> String
    {
        let keeper = try #require(chain.accounts["keeper"])
        let transaction = FeeMarketTransaction(
            chainID: chainID, nonce: nonce, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(200), gasLimit: 21_000,
            to: chain.accounts["spare"]?.address, value: value)
        return Hex.encode(try UnsignedTransaction.feeMarket(transaction).signed(by: keeper.key).encoded)
    }

    @Test("A signed transaction must be one that a block takes, unless that is left out")
    func signed() async throws {
        let chain = try await Self.ready()
        let good = try Self.json(
            try await chain.run(["simulate", "--tx", try Self.transfer(chain, nonce: 0), "--fork", "Prague", "--json"]))
        #expect(good["result"]?["gasUsed"]?.uint64 == 21_000)
        #expect(good["transaction"]?["from"]?.string == chain.accounts["keeper"]?.address.description)
        let spare = chain.accounts["spare"]?.address.description ?? ""
        #expect(good["changes"]?[spare]?["account"]?["balance"] == "100001000000000000000000")
        for (raw, says) in [
            (try Self.transfer(chain, nonce: 3), "nonce too high"),
            (try Self.transfer(chain, nonce: 0, value: .ether(1_000_000)), "insufficient funds"),
        ] {
            let run = try await chain.run(["simulate", "--tx", raw, "--fork", "Prague"])
            #expect(run.status == 65 && run.errors.contains(says) && run.errors.contains("--lenient"), "\(run.errors)")
            #expect(try await chain.run(["simulate", "--tx", raw, "--fork", "Prague", "--lenient"]).status == 0)
        }
        let other = try await chain.run(["simulate", "--tx", try Self.transfer(chain, nonce: 0, chainID: 5), "--fork", "Prague"])
        #expect(other.status == 65 && other.errors.contains("for chain 5, the node is on chain 1337"))
    }

    @Test("Accounts can be other than they are")
    func overrides() async throws {
        let chain = try await Self.ready()
        let osm = chain.addresses["PIP_ETH"] ?? ""
        let time = try await Self.nextHour(chain)
        func run(_ overrides: String) async throws -> ProgramRun {
            let file = FileManager.default.temporaryDirectory.appending(path: "overrides-\(UUID().uuidString).json")
            try overrides.write(to: file, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(at: file) }
            return try await chain.run([
                "simulate", "--to", osm, "--call", "poke()", "--fork", "Prague", "--time", "\(time)", "--override", file.path,
                "--json",
            ])
        }
        #expect(try Self.json(try await run("{}"))["result"]?["status"]?.uint64 == 1)
        let one = "0x" + String(repeating: "0", count: 63) + "1"
        let stopped = try Self.json(try await run(#"{"\#(osm)": {"stateDiff": {"\#(one)": "\#(one)"}}}"#))
        #expect(stopped["result"]?["reason"] == "\"OSM/is-stopped\"")
        for bad in [
            "[]", "{", #"{"0x12": {}}"#, #"{"\#(osm)": {"storage": {}}}"#, #"{"\#(osm)": {"balance": "12"}}"#,
            #"{"\#(osm)": {"state": {}, "stateDiff": {}}}"#, #"{"\#(osm)": {"state": {"0x1": "\#(one)"}}}"#,
            #"{"\#(osm)": {"movePrecompileToAddress": "\#(osm)"}}"#,
        ] {
            let refused = try await run(bad)
            #expect(refused.status == 65 && refused.output.isEmpty, "\(bad): \(refused.errors)")
            #expect(refused.errors.contains("--override") || refused.errors.contains("moved"), "\(refused.errors)")
        }
    }

    @Test("A block is found by number and by hash, and time is what is said")
    func places() async throws {
        let chain = try await Self.ready()
        let block = try await chain.request("eth_getBlockByNumber", "0x5", "false")
        for reference in ["5", "0x5", block["hash"]?.string ?? ""] {
            let run = try await chain.run(
                Self.poke(chain) + ["--block", reference, "--time", "+3600", "--number", "77", "--base-fee", "3 gwei", "--json"])
            let report = try Self.json(run)
            #expect(report["block"]?["number"]?.uint64 == 5 && report["environment"]?["number"]?.uint64 == 77)
            #expect(report["environment"]?["timestamp"]?.uint64 == Self.quantity(block["timestamp"]).map { $0 + 3_600 })
            #expect(report["environment"]?["baseFeePerGas"] == "3000000000")
        }
    }

    @Test(
        "Bad arguments are refused before anything is asked",
        arguments: [
            ([], 64), (["--to", "0x12"], 65), (["--to", zero, "--data", "0x1"], 65),
            (["--to", zero, "--data", "0x", "--call", "f()"], 64),
            (["--to", zero, "--call", "uint256", "1"], 64), (["--to", zero, "--call", "f(uint256)"], 65),
            (["--to", zero, "1"], 64),
            (["--to", zero, "--call", "f(uint256)", "x"], 65), (["--create"], 64),
            (["--create", "--to", zero, "--data", "0x"], 64),
            (["--tx", "0x02"], 65), (["--tx", "0x02f8", "--to", zero], 64), (["--tx", "0x", "--gas", "5"], 64),
            (["--hash", "0x12"], 65),
            (["--hash", word, "--block", "5"], 64), (["--hash", word, "--time", "5"], 64),
            (["--to", zero, "--block", "newest"], 65),
            (["--to", zero, "--block", "pending"], 65), (["--to", zero, "--time", "soon"], 64),
            (["--to", zero, "--time", "+-1"], 64),
            (["--to", zero, "--fork", "Berlin"], 64), (["--to", zero, "--fork", "Nowhere"], 64),
            (["--to", zero, "--value", "3 bananas"], 65), (["--to", zero, "--base-fee=-1"], 65),
            (["--to", zero, "--label", "x"], 64), (["--to", zero, "--label", "0x12=x"], 65),
            (["--to", zero, "--abi", "/nowhere"], 65),
            (["--to", zero, "--override", "/nowhere"], 65), (["--hash", word, "--before", "-1"], 64),
        ] as [([String], Int32)])
    func refusals(_ arguments: [String], _ status: Int32) async throws {
        try await FaultServer.with { server in
            let run = try await ProgramRun.awaiting(
                ProgramRun.product("keeperctl"), ["simulate", "-r", server.url] + arguments)
            #expect(run.status == status && run.output.isEmpty, "\(run.status): \(run.errors)")
            #expect(server.requests.isEmpty)
        }
    }

    static let zero = Address.zero.description
    static let word = B256().description

    @Test("What the node does not know or tell is said, with what to do")
    func nodeRefusals() async throws {
        let chain = try await Self.ready()
        let mega = chain.addresses["MEGAPOKER"] ?? ""
        for (arguments, status, says) in [
            (["--to", mega], 78, "--fork Prague"),
            (["--to", mega, "--fork", "Prague", "--block", "99999"], 65, "does not know the block"),
            (["--to", mega, "--fork", "Prague", "--time", "5"], 65, "is before the block"),
            (["--hash", Self.word, "--fork", "Prague"], 65, "does not know the transaction"),
            (["--to", mega, "--fork", "Prague", "--gas", "20000"], 65, "gas limit too low"),
        ] as [([String], Int32, String)] {
            let run = try await chain.run(["simulate"] + arguments)
            #expect(run.status == status && run.errors.contains(says) && run.output.isEmpty, "\(run.errors)")
        }
        let dead = try await ProgramRun.awaiting(
            ProgramRun.product("keeperctl"), ["simulate", "--to", mega, "-r", "http://127.0.0.1:1"])
        #expect(dead.status == 69 && dead.errors.contains("advice: Nobody answers there"))
        #expect(try await ProgramRun.awaiting(ProgramRun.product("keeperctl"), ["simulate", "--to", mega]).status == 64)
    }

    @Test("A call that fails is a result")
    func failing() async throws {
        let chain = try await Self.ready()
        let run = try await chain.run([
            "simulate", "--to", chain.addresses["PIP_ETH"] ?? "", "--call", "stop()", "--fork", "Prague", "--limits",
        ])
        #expect(run.status == 0 && run.output.contains("status       0, reverted: \"OSM/not-authorized\""), "\(run.output)")
        #expect(run.output.contains("gas limit    none makes it succeed"))
    }

    @Test("Creating a contract shows where it lands")
    func creation() async throws {
        let chain = try await Self.ready()
        let keeper = chain.accounts["keeper"]?.address.description ?? ""
        let report = try Self.json(
            try await chain.run([
                "simulate", "--create", "--data", "0x6001600c60003960016000f300", "--from", keeper, "--fork", "Prague", "--json",
            ]))
        let landed = try await chain.run(["address", "create", keeper, "0"])
        #expect(report["result"]?["createdAddress"]?.string == landed.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test("What is not built in is answered by the node alone, and that is said")
    func missingPrecompile() async throws {
        let chain = try await Self.ready()
        // Calls the pairing check, 0x08.
        let arguments = ["simulate", "--create", "--data", "0x5f5f5f5f60085afa00", "--fork", "Prague"]
        let run = try await chain.run(arguments)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("not ours     precompiled contract bn254Pairing is not built in"), "\(run.output)")
        #expect(run.output.contains("node         eth_estimateGas: limit ") && !run.output.contains("gas used"))
        let report = try Self.json(try await chain.run(arguments + ["--json"]))
        #expect(report["missingPrecompile"]?.string?.hasSuffix("08") == true && report["node"]?["method"] == "eth_estimateGas")
        #expect(report["result"] == nil)
    }

    @Test("No failure of a node shows a token of its URL")
    func secrets() async throws {
        let echo = Reply([
            .look { request in
                let line = request.line.replacing("\"", with: "'").replacing("\\", with: "/")
                return [
                    .message(Array(#"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"no such path: \#(line)"}}"#.utf8))
                ]
            }
        ])
        try await FaultServer.with(FaultScript().replying(echo) { _ in true }) { server in
            for arguments in [["--to", Self.zero], ["--hash", Self.word]] {
                let run = try await ProgramRun.awaiting(
                    ProgramRun.product("keeperctl"),
                    ["simulate", "-r", NodeSecrecyTests.url(server.url), "--fork", "Prague"] + arguments)
                #expect(run.status == 69 && run.errors.contains("no such path"), "\(run.errors)")
                NodeSecrecyTests.expectNone(run, "\(run.errors)")
            }
        }
    }
}
