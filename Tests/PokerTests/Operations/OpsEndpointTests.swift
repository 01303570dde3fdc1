import EthCodec
import Foundation
import TestSupport
import Testing

/// What a running poker serves for probes and monitoring.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct OpsEndpointTests {
    private static let slot = PokerRunTests.midnight

    @Test("metrics, probes and status follow a slot from due to done")
    func slot() async throws {
        let chain = try await LocalChain(genesisTime: Self.slot - 1800)
        let poker = try PokerProcess(chain, sections: ["ops: { listen: \"127.0.0.1:0\" }"])
        let endpoint = OpsClient(base: try #require(await poker.operations()))
        func mine(_ time: UInt64) async throws {
            let head = try await chain.mine(at: time)
            try #require(await poker.hasSeen(head), "\(poker.log.lines.suffix(2))")
        }
        try await mine(Self.slot - 1)
        #expect(try await endpoint.get("healthz").status == 200)
        #expect(try await endpoint.get("readyz").status == 200)
        #expect(try await endpoint.metric("keeper_ready{keeper=\"poker-local\"}") == 1)
        try await mine(Self.slot + 11)
        #expect(try await endpoint.metric("keeper_late_seconds{keeper=\"poker-local\",task=\"PIP_ETH\"}") == 11)
        #expect(try await endpoint.metric("keeper_transactions_in_flight") == 1)
        for block in 2..<9 as Range<UInt64> { try await mine(Self.slot + 12 * block - 1) }
        let all = try await endpoint.get("metrics")
        #expect(all.status == 200 && all.type == "text/plain; version=0.0.4; charset=utf-8")
        #expect(try await endpoint.metric("keeper_late_seconds{keeper=\"poker-local\",task=\"PIP_ETH\"}") == 0)
        #expect(try await endpoint.metric("keeper_lateness_seconds_sum{keeper=\"poker-local\",task=\"PIP_SKY\"}") == 23)
        #expect(try await endpoint.metric("keeper_lateness_seconds_count{keeper=\"poker-local\",task=\"PIP_SKY\"}") == 1)
        #expect(try await endpoint.metric("keeper_outcomes_total{keeper=\"poker-local\",outcome=\"mined-with-effect\"}") == 1)
        let used = try #require(try await endpoint.metric("keeper_gas_used_total"))
        let limit = try #require(try await endpoint.metric("keeper_gas_limit_total"))
        #expect(used > 100_000 && limit > used)
        #expect(try #require(try await endpoint.metric("keeper_cost_ether_total")) > 0)
        #expect(try #require(try await endpoint.metric("keeper_wallet_balance_ether")) > 1)
        #expect(try #require(try await endpoint.metric("keeper_wallet_runway_seconds")) > 86_400)
        #expect(try #require(try await endpoint.metric("process_resident_memory_bytes")) > 1_000_000)
        #expect(all.text.contains("keeper_rpc_requests_total{endpoint=\"rpc-url\",keeper=\"poker-local\",method=\"eth_call\"}"))
        let status = try await endpoint.status()
        #expect(status["ready"] == true && status["work"]?.array?.count == 4 && status["nodes"]?.array?.count == 1)
        #expect(try await endpoint.get("nowhere").status == 404)
        try Self.check(all.text)
        #expect(poker.stop() == 0)
    }

    /// Prometheus' own tool has nothing to say against the exposition.
    private static func check(_ text: String) throws {
        let tool = URL(filePath: "/usr/bin/promtool")
        guard Project.exists(tool) else { return print("skipped: promtool is not installed") }
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = tool
        process.arguments = ["check", "metrics"]
        process.standardInput = input
        process.standardError = output
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(text.utf8))
        try input.fileHandleForWriting.close()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && said.isEmpty, "\(said)")
    }
}
