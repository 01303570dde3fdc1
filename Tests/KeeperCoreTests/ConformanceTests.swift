import EthCodec
import EthPrimitives
import EthRPC
import KeeperCore
import KeeperTesting
import Testing

@Suite("Conformance of transports")
struct ConformanceTests {
    private let scripted = ScriptedTransport()
    private let suite: TransportConformance

    init() {
        let block = JSON.object(["blockHash": .string(BlockHash().description)])
        let account: JSON = "0x00000000000000000000000000000000000000ff"
        suite = TransportConformance(
            answered: [
                .init("eth_getBalance", [account, block], result: "0x1"), .init("eth_getCode", [account, block], result: "0x"),
                .init("eth_call", [.object(["to": account]), block], result: "0x02"),
                .init("eth_getTransactionCount", [account, block], result: .null),
            ], refused: .init("eth_getStorageAt", [account, "0x0", block]))
        for exchange in suite.answered { scripted.answer(exchange.method, exchange.params, with: exchange.result ?? .null) }
        scripted.refuse("eth_getStorageAt", with: ScriptedTransport.error(3, "execution reverted", data: [1, 2]))
    }

    @Test("a scripted transport conforms")
    func scriptedTransport() async throws { try await suite.check(scripted) }

    @Test("a recording transport conforms, and so do the replays of what it wrote", arguments: ["c.ndjson", "c.ndjson.gz"])
    func recordingAndReplay(_ name: String) async throws {
        let path = TemporaryFile.path(name)
        defer { TemporaryFile.remove(path) }
        let writer = try CassetteWriter(path: path, chainID: 1)
        try await suite.check(RecordingTransport(scripted, to: writer))
        try writer.finish()
        let cassette = try Cassette(path: path)
        #expect(cassette.alteration == nil && cassette.exchangeCount == writer.count && writer.count > 10)
        try await suite.check(ReplayingTransport(cassette))

        let copy = TemporaryFile.path("copy-" + name)
        defer { TemporaryFile.remove(copy) }
        let copier = try CassetteWriter(path: copy, chainID: 1)
        try await suite.check(RecordingTransport(ReplayingTransport(cassette), to: copier))
        try copier.finish()
        try await suite.check(ReplayingTransport(try Cassette(path: copy)))
    }

    /// Breaks one rule at a time.
    private struct Broken: Transport {
        var base: ScriptedTransport
        var change: @Sendable ([RPCResponse]) -> [RPCResponse]

        func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] { change(try await base.send(batch)) }
    }

    @Test("a transport that reverses or drops answers is found out")
    func broken() async throws {
        await withKnownIssue("answers in another order") { try await suite.check(Broken(base: scripted) { $0.reversed() }) }
        await withKnownIssue("an answer is missing") { try await suite.check(Broken(base: scripted) { $0.dropLast() }) }
    }
}
