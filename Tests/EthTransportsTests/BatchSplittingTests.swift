import EthCodec
import EthRPC
import KeeperTestServer
import Testing

/// Batches find the size that an endpoint takes, on real sockets.
@Suite(.timeLimit(.minutes(2)))
struct BatchSplittingTests {
    static let refusals: [(String, Reply, Bool)] = [
        ("geth", .refuse(-32600, "batch too large", wholeBatch: true), true),
        ("Erigon", .refuse(-32000, "batch limit 4 exceeded: 300 requests given", wholeBatch: true), true),
        ("a node without batches", .refuse(-32600, "Invalid Request", wholeBatch: true), true),
        ("a gateway", .status(413), false),
        ("jsonrpsee", .refuse(-32007, "Request is too big", wholeBatch: true), false),
    ]

    private static func batch(_ count: Int) -> [RPCRequest] {
        (0..<count).map { RPCRequest(id: UInt64($0), method: "eth_call", params: [.integer($0)]) }
    }

    @Test("A refused batch is halved until it fits; a limit on the number is remembered", arguments: [1, 4, 7], refusals)
    func adapts(_ accepted: Int, _ refusal: (String, Reply, Bool)) async throws {
        let script = FaultScript().replying(refusal.1) { $0.calls.count > accepted }
        try await FaultServer.with(script) { server in
            let transport = BatchSplittingTransport(try Support.http(server))
            let batch = Self.batch(30)
            let responses = try await transport.send(batch)
            #expect(responses.map(\.id) == batch.map(\.id))
            for (index, response) in responses.enumerated() {
                #expect(try response.result() == ["eth_call", .integer(index)])
            }
            #expect(server.acted.count == 30, "each is executed once")
            #expect(transport.limit.map { $0 <= accepted } ?? false == refusal.2)
            let before = server.requests.count
            _ = try await transport.send(batch)
            let refused = server.requests[before...].count { $0.calls.count > accepted }
            #expect((refused == 0) == refusal.2, "what was learnt costs nothing again")
        }
    }

    @Test("A known limit is kept from the start, and a batch that fits goes as one")
    func knownLimit() async throws {
        try await FaultServer.with { server in
            let transport = BatchSplittingTransport(try Support.http(server), limit: 10)
            _ = try await transport.send(Self.batch(10))
            _ = try await transport.send(Self.batch(25))
            #expect(server.requests.map(\.calls.count) == [10, 10, 10, 5])
            #expect(try await transport.send([]).isEmpty)
        }
    }

    @Test(
        "What is not about size, or may have been executed, is not sent again",
        arguments: [
            ("rate limit", Reply.tooManyRequests(), "eth_call"),
            ("another error", .refuse(-32000, "header not found", wholeBatch: true), "eth_call"),
            ("lost", .actThenLoseReply, "eth_call"), ("gateway", .gatewayPage(502), "eth_call"),
            (
                "too large an answer to a transaction", .refuse(-32008, "Response is too big", wholeBatch: true),
                "eth_sendRawTransaction"
            ),
        ])
    func givesUp(_ name: String, _ reply: Reply, _ method: String) async throws {
        try await FaultServer.with(FaultScript().replying(reply, to: 0)) { server in
            let transport = BatchSplittingTransport(try Support.http(server))
            _ = try await Support.error(transport, (0..<8).map { RPCRequest(id: $0, method: method) })
            #expect(server.requests.count == 1)
            #expect(transport.limit == nil)
        }
    }

    @Test("Too large an answer to reads is fetched in parts")
    func largeAnswers() async throws {
        try await FaultServer.with { server in
            let transport = BatchSplittingTransport(try Support.http(server, maximumBytes: 1000))
            #expect(try await transport.send(Self.batch(100)).count == 100)
            #expect(transport.limit == nil)
        }
    }
}
