import EthCodec
import EthPrimitives
import Testing

@testable import EthRPC

@Suite("Replaying")
struct ReplayingTransportTests {
    private let heads = (1...3).map { RecordedExchange.head($0) }
    private static let latest = RPCRequest(id: 9, method: "eth_getBlockByNumber", params: ["latest", false])

    /// Three blocks; `latest` was asked three times.
    private func transport() throws -> ReplayingTransport {
        let path = RecordedExchange.temporaryPath("replay.ndjson")
        defer { RecordedExchange.remove(path) }
        let writer = try CassetteWriter(path: path, chainID: 1337)
        for head in heads {
            try writer.record([Self.latest], [RecordedExchange.response(9, RecordedExchange.json(head))], head: nil)
            try writer.record(
                [RecordedExchange.balance(at: head)], [RecordedExchange.response(1, Quantity.encode(head.number))], head: head)
        }
        try writer.finish()
        return ReplayingTransport(try Cassette(path: path))
    }

    @Test("answers pinned reads in any order, as often as asked")
    func pinned() async throws {
        let transport = try transport()
        for head in [heads[2], heads[0], heads[2], heads[1], heads[0]] {
            let batch = [RecordedExchange.balance(at: head, id: 77)]
            let responses = try await transport.send(batch)
            #expect(responses.map(\.id) == [77])
            #expect(try responses[0].result() == Quantity.encode(head.number))
        }
    }

    private static let hint = " (was it recorded with another configuration?)"

    @Test("answers unpinned reads in the order of recording, each once, then says that they are used up")
    func unpinned() async throws {
        let provider = Provider(try transport())
        for head in heads { #expect(try await provider.head() == head) }
        let error = await #expect(throws: RPCError.self) { try await provider.head() }
        #expect(error?.code == .noRecordedAnswer)
        #expect(
            error?.message
                == "all 3 recorded answers are used up to eth_getBlockByNumber with parameters [\"latest\",false] at no block"
                + Self.hint)
    }

    @Test("a miss names method, parameters and block")
    func misses() async throws {
        let transport = try transport()
        let other = RecordedExchange.head(2)
        let request = RPCRequest(
            id: 1, method: "eth_getCode",
            params: ["0x00000000000000000000000000000000000000ff", .object(["blockHash": .string(other.hash.description)])])
        let error = await #expect(throws: RPCError.self) { try await transport.send([request]) }
        #expect(error?.code == .noRecordedAnswer)
        #expect(
            error?.message
                == "no recorded answer to eth_getCode with parameters \(JSON.array(request.params)) at block 2 (\(other.hash))"
                + Self.hint)
        let inTick = await #expect(throws: RPCError.self) {
            try await RecordingScope.$head.withValue(heads[0]) { try await transport.send([RPCRequest(method: "eth_chainId")]) }
        }
        #expect(
            inTick?.message == "no recorded answer to eth_chainId with parameters [] at block 1 (\(heads[0].hash))" + Self.hint)
        let unknown = await #expect(throws: RPCError.self) {
            try await transport.send([RecordedExchange.balance(at: RecordedExchange.head(99))])
        }
        #expect(unknown?.message.hasSuffix("at block \(RecordedExchange.head(99).hash)" + Self.hint) == true)
    }

    @Test("one miss fails the whole batch; an empty batch has no answers")
    func batches() async throws {
        let transport = try transport()
        await #expect(throws: RPCError.self) {
            try await transport.send([RecordedExchange.balance(at: heads[0]), RPCRequest(id: 2, method: "eth_chainId")])
        }
        #expect(try await transport.send([]).isEmpty)
    }

    @Test("a replay that is recorded again holds the same answers, whatever ids were used")
    func recordedAgain() async throws {
        let path = RecordedExchange.temporaryPath("again.ndjson")
        defer { RecordedExchange.remove(path) }
        let writer = try CassetteWriter(path: path, chainID: 1337)
        let recording = RecordingTransport(try transport(), to: writer)
        _ = try await recording.send([
            RecordedExchange.balance(at: heads[1], id: 4_000), RecordedExchange.balance(at: heads[0], id: 4_001),
        ])
        try writer.finish()
        let again = ReplayingTransport(try Cassette(path: path))
        #expect(try await again.send([RecordedExchange.balance(at: heads[1])])[0].result() == "0x2")
        #expect(try await again.send([RecordedExchange.balance(at: heads[0])])[0].result() == "0x1")
    }
}
