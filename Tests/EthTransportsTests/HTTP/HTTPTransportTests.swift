import EthCodec
import EthPrimitives
import EthRPC
import KeeperTestServer
import KeeperTesting
import Testing

@testable import EthTransports

/// What goes over the wire when all is well, and how much of it.
@Suite(.timeLimit(.minutes(2)))
struct HTTPTransportTests {
    static let conformance = TransportConformance(
        answered: [
            .init("eth_chainId", result: ["eth_chainId"]), .init("eth_call", ["0x01"], result: ["eth_call", "0x01"]),
            .init("eth_call", ["0x02"], result: ["eth_call", "0x02"]),
        ], refused: .init("eth_noSuchMethod"))

    @Test(
        "It conforms, whether answers come plain, packed, shuffled or with the connection closed behind each",
        arguments: [Reply.answer, .gzip, .shuffled, .answerThenClose])
    func conforms(_ reply: Reply) async throws {
        try await FaultServer.with(FaultScript().replying(reply) { _ in true }) { server in
            try await Self.conformance.check(try Support.http(server))
        }
    }

    @Test("A connection is kept: a hundred requests one after the other need one")
    func keepAlive() async throws {
        try await FaultServer.with { server in
            let transport = try Support.http(server)
            for _ in 0..<100 { _ = try await transport.send([Support.call]) }
            #expect(server.requests.count == 100)
            #expect(server.connections == 1)
        }
    }

    @Test("Where the server closes behind each answer, each request gets a connection of its own and none fails")
    func closing() async throws {
        try await FaultServer.with(FaultScript().replying(.answerThenClose) { _ in true }) { server in
            let transport = try Support.http(server)
            for _ in 0..<20 { _ = try await transport.send([Support.call]) }
            #expect(server.connections == 20)
            try await server.connected(0)
        }
    }

    @Test("A hundred requests at once share at most sixteen connections, and no connection is left over after faults")
    func noLeaks() async throws {
        let faults: [Reply] = [.answer, .actThenLoseReply, .resetInBody, .html, .gzip, .gatewayPage(502)]
        let script = faults.enumerated().reduce(FaultScript()) { script, fault in
            script.replying(fault.element) { $0.index % faults.count == fault.offset }
        }
        try await FaultServer.with(script) { server in
            let transport = try Support.http(server)
            let unsent = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<120 {
                    group.addTask {
                        do {
                            _ = try await transport.send([Support.call])
                        } catch let error as RPCError where error.code == .unreachable {
                            return 1  // a busy machine: no connection in time
                        } catch {}  // as planned
                        return 0
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(server.requests.count == 120 - unsent)
            #expect(server.openConnections <= 16)
        }
    }

    @Test("Answers larger than allowed are refused while they arrive")
    func endlessBody() async throws {
        let script = FaultScript().replying(.endlessBody(size: 1 << 30), to: 0)
        try await FaultServer.with(script) { server in
            let transport = try Support.http(server, maximumBytes: 1 << 20)
            let error = try await Support.error(transport)
            #expect(error.code == .tooLarge && error.mayHaveBeenProcessed)
            try await server.connected(0)
            #expect(server.bytesSent < 64 << 20, "what the sockets' buffers hold, not the whole gigabyte")
        }
    }

    @Test("A small body that unpacks to two gigabytes is refused when the limit is reached")
    func gzipBomb() async throws {
        let script = FaultScript().replying(.gzipBomb(unpackedSize: 2 << 30), to: 0)
        try await FaultServer.with(script) { server in
            let transport = try Support.http(server, maximumBytes: 8 << 20)
            let error = try await Support.error(transport)
            #expect(error.code == .tooLarge)
            #expect(error.message.contains("unpacks"))
            #expect(server.bytesSent < 3 << 20)
            #expect(try await transport.send([Support.call]).count == 1)
        }
    }

    @Test("A redirect is not followed: another host sees no request and no token")
    func redirect() async throws {
        try await FaultServer.with { other in
            let script = FaultScript().replying(.status(307, headers: [("Location", other.url)]), to: 0)
            try await FaultServer.with(script) { server in
                let error = try await Support.error(try Support.http(server, bearer: SecretText("canary-bearer")))
                #expect(error.code == .httpStatus(307))
                #expect(other.connections == 0)
            }
        }
    }

    @Test("Headers, a bearer token, or a user from the URL are sent with each request, once")
    func headers() async throws {
        try await FaultServer.with { server in
            let headers = [(name: "X-Api-Key", value: SecretText("canary-key"))]
            _ = try await Support.http(server, path: "/v3/x?y=z", headers: headers, bearer: SecretText("abc.def.ghi")).send([
                Support.call
            ])
            let request = server.requests[0]
            #expect(request.line == "POST /v3/x?y=z")
            #expect(request.values(of: "x-api-key") == ["canary-key"])
            #expect(request.values(of: "authorization") == ["Bearer abc.def.ghi"])
            #expect(request.values(of: "content-type") == ["application/json"])
            #expect(request.values(of: "accept-encoding") == ["gzip"])
            #expect(request.calls == [Support.call])

            let url = SecretText("http://us%65r:pa%3Ass@127.0.0.1:\(server.port)")
            _ = try await HTTPTransport(label: "own", url: url).send(Support.batch)
            #expect(server.requests[1].values(of: "authorization") == ["Basic dXNlcjpwYTpzcw=="])
            #expect(server.requests[1].calls == Support.batch)
        }
    }

    @Test(
        "A date in Retry-After counts from the answer's own date",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:07 GMT", 30),
            ("Thu, 01 Mar 2024 00:00:10 GMT", "Thu, 29 Feb 2024 23:59:50 GMT", 20),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 09:49:07 GMT", 0), ("120", "", 120), ("soon", "", nil),
            ("-1", "", nil),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", nil),
        ] as [(String, String, Int?)])
    func retryAfter(_ value: String, _ date: String, _ seconds: Int?) {
        #expect(RetryAfter.duration(value, answeredAt: date) == seconds.map { .seconds($0) })
        #expect(RetryAfter.duration(nil, answeredAt: date) == nil)
        #expect(RetryAfter.seconds(ofDate: "Thu, 01 Jan 1970 00:00:00 GMT") == 0)
        #expect(RetryAfter.seconds(ofDate: "Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
    }
}
