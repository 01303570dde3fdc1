import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import EthTransports
import KeeperTestServer
import KeeperTesting
import Testing

/// A remote signer over HTTPS on a real socket, with client certificates that are verified.
@Suite(.timeLimit(.minutes(2)))
struct RemoteSignerTLSTests {
    private static let key: PrivateKey = {
        do { return try PrivateKey([UInt8](repeating: 0x46, count: 32)) } catch { preconditionFailure("\(error)") }
    }()
    private static let token = "canary5e1f0ddba11"

    private static let call = FeeMarketTransaction(
        chainID: 1337, nonce: 3, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(30), gasLimit: 500_000,
        to: Address(lowBytesOf: Keccak256.hash([2])), data: [0x18, 0x17, 0x83, 0x58, 7])

    private static func signer(
        _ server: FaultServer, _ tls: TLSCredentials, dialect: SignerDialect = .web3signer, host: String = "127.0.0.1",
        clock: MockClock = MockClock()
    ) throws -> RemoteSigner {
        let url = server.url.replacing("127.0.0.1", with: host) + "/\(token)"
        let endpoint = try Endpoint(
            label: "signer", url: SecretText(url), bearer: SecretText(token + "bearer"), tls: tls)
        let limits = HTTPTransport.Limits(maximumBytes: 1 << 16, clock: RPCClock(clock))
        return RemoteSigner(address: key.address, dialect: dialect, transport: try HTTPTransport(endpoint, limits: limits))
    }

    /// The error of a transport that signing meets; nothing secret is in it.
    private static func failure(_ signer: RemoteSigner, sourceLocation: SourceLocation = #_sourceLocation) async throws
        -> RPCError
    {
        let thrown = await #expect(throws: RPCError.self, sourceLocation: sourceLocation) {
            try await signer.signed(.feeMarket(call))
        }
        let error = try #require(thrown, sourceLocation: sourceLocation)
        #expect(!"\(error)\(String(reflecting: error))".contains(token), "\(error)", sourceLocation: sourceLocation)
        return error
    }

    @Test(
        "with the right certificate on both sides a transaction is signed, by address and by name, in each dialect",
        arguments: [
            ("127.0.0.1", SignerDialect.web3signer), ("localhost", .web3signer), ("127.0.0.1", .opSigner), ("127.0.0.1", .clef),
        ])
    func signed(host: String, dialect: SignerDialect) async throws {
        let script = FaultScript(.signer(Self.key, dialect: dialect))
        try await FaultServer.with(script, tls: TLSFixture.server()) { server in
            let signer = try Self.signer(server, TLSFixture.client(), dialect: dialect, host: host)
            for _ in 0..<2 {
                let envelope = try await signer.signed(.feeMarket(Self.call))
                #expect(try envelope.sender() == Self.key.address && envelope.unsigned == .feeMarket(Self.call))
            }
            let request = try #require(server.requests.first)
            #expect(request.calls.map(\.method) == [dialect.method])
            #expect(request.values(of: "authorization") == ["Bearer \(Self.token)bearer"])
        }
    }

    @Test(
        "without a certificate, with one of another authority, and with one that is over, the server takes nothing",
        arguments: [nil, "strange-client", "expired-client"])
    func clientRefused(name: String?) async throws {
        try await FaultServer.with(FaultScript(.signer(Self.key)), tls: TLSFixture.server()) { server in
            let error = try await Self.failure(Self.signer(server, TLSFixture.client(name)))
            #expect(error.code == .unreachable, "\(error)")
            #expect(error.message.contains("client's certificate"), "\(error)")
            #expect(server.requests.isEmpty)
            let good = try Self.signer(server, TLSFixture.client())
            #expect(try await good.signed(.feeMarket(Self.call)).sender() == Self.key.address)
        }
    }

    @Test("a server that asks for no certificate sees none that is needed")
    func noClientCertificate() async throws {
        try await FaultServer.with(FaultScript(.signer(Self.key)), tls: TLSFixture.server(asksClients: false)) { server in
            let signer = try Self.signer(server, TLSFixture.client(nil))
            #expect(try await signer.signed(.feeMarket(Self.call)).sender() == Self.key.address)
        }
    }

    @Test(
        "a server of an authority that we do not trust, and one with another name, are asked nothing",
        arguments: [
            ("server", "stranger", "127.0.0.1"), ("server", nil, "127.0.0.1"), ("misnamed-server", "authority", "127.0.0.1"),
            ("misnamed-server", "authority", "localhost"),
        ])
    func serverRefused(server name: String, authority: String?, host: String) async throws {
        try await FaultServer.with(FaultScript(.signer(Self.key)), tls: TLSFixture.server(name)) { server in
            let error = try await Self.failure(Self.signer(server, TLSFixture.client(trusts: authority), host: host))
            #expect(error.code == .unreachable, "\(error)")
            #expect(error.message.contains("the server's certificate"), "\(error)")
            #expect(server.requests.isEmpty)
        }
    }

    @Test("a server without TLS is asked nothing: its silence costs the time-out")
    func plainServer() async throws {
        try await FaultServer.with(FaultScript(.signer(Self.key))) { server in
            let clock = MockClock()
            let endpoint = try Endpoint(
                label: "signer", url: SecretText("https://127.0.0.1:\(server.port)/"), tls: TLSFixture.client())
            let transport = try HTTPTransport(endpoint, limits: .init(clock: RPCClock(clock)))
            let signing = Task {
                try await RemoteSigner(address: Self.key.address, transport: transport).signed(.feeMarket(Self.call))
            }
            clock.advance(to: await clock.nextSleeper())
            let error = await #expect(throws: RPCError.self) { try await signing.value }
            #expect(error?.code == .timeout && server.requests.isEmpty)
        }
    }

    @Test("another account's signature is refused")
    func wrongAccount() async throws {
        let other = PrivateKey.random()
        let raw = Hex.encode(try Self.call.signed(by: other).encoded)
        let node = TestNode { _ throws(TestNode.Refusal) in .string(raw) }
        try await FaultServer.with(FaultScript(node), tls: TLSFixture.server()) { server in
            let signer = try Self.signer(server, TLSFixture.client())
            await #expect(throws: RemoteSignerError.wrongAccount(expected: Self.key.address, signedBy: other.address)) {
                try await signer.signed(.feeMarket(Self.call))
            }
        }
    }

    struct Change: Sendable, CustomTestStringConvertible {
        var field: String
        var apply: @Sendable (inout FeeMarketTransaction) -> Void
        var testDescription: String { field }
    }

    @Test(
        "a changed transaction is refused, the account's signature notwithstanding",
        arguments: [
            Change(field: "nonce") { $0.nonce += 1 }, Change(field: "maxFeePerGas") { $0.maxFeePerGas += Wei(1) },
            Change(field: "maxPriorityFeePerGas") { $0.maxPriorityFeePerGas = .zero }, Change(field: "to") { $0.to = .zero },
            Change(field: "data") { $0.data[0] ^= 1 }, Change(field: "value") { $0.value = Wei(1) },
            Change(field: "gas") { $0.gasLimit += 1 }, Change(field: "chainId") { $0.chainID = 1 },
        ])
    func altered(change: Change) async throws {
        try await FaultServer.with(FaultScript(.signer(Self.key, change.apply)), tls: TLSFixture.server()) { server in
            let signer = try Self.signer(server, TLSFixture.client())
            let error = await #expect(throws: RemoteSignerError.self) { try await signer.signed(.feeMarket(Self.call)) }
            guard case .altered(change.field, _, _) = error else {
                Issue.record("\(error.map(\.description) ?? "")")
                return
            }
        }
    }

    @Test(
        "answers that are none are named",
        arguments: [
            (Reply.html, RPCError.Code.notJSON), (.gatewayPage(502), .httpStatus(502)), (.status(401), .httpStatus(401)),
            (.truncatedJSON, .truncated), (.wrongID, .wrongID), (.resetInBody, .connectionLost),
            (.endlessBody(size: 1 << 20), .tooLarge), (.refuse(-32000, "denied"), .node(code: -32000, data: nil)),
        ])
    func noAnswer(reply: Reply, code: RPCError.Code) async throws {
        try await FaultServer.with(FaultScript(.signer(Self.key)).replying(reply, to: 0), tls: TLSFixture.server()) { server in
            let signer = try Self.signer(server, TLSFixture.client())
            #expect(try await Self.failure(signer).code == code)
            #expect(server.requests.count == 1, "nothing is asked again by itself")
        }
    }

    @Test("a signer that repeats the token of the URL does not make us repeat it")
    func echo() async throws {
        for reply in [
            Reply.refuse(-32000, "no \(Self.token) here"), .text(#"{"jsonrpc":"2.0","id":1,"result":"\#(Self.token)bearer"}"#),
        ] {
            try await FaultServer.with(FaultScript().replying(reply, to: 0), tls: TLSFixture.server()) { server in
                let error = try await Self.failure(Self.signer(server, TLSFixture.client()))
                #expect(error.message.contains("<secret>"), "\(error)")
            }
        }
    }

    @Test("a signer that hangs costs exactly the time-out")
    func hang() async throws {
        try await FaultServer.with(FaultScript(.signer(Self.key)).replying(.hang, to: 0), tls: TLSFixture.server()) { server in
            let clock = MockClock()
            let signer = try Self.signer(server, TLSFixture.client(), clock: clock)
            let signing = Task { try await signer.signed(.feeMarket(Self.call)) }
            try await server.received(1)
            let deadline = await clock.nextSleeper()
            #expect(deadline.offset == .seconds(10))
            clock.advance(to: deadline)
            let error = await #expect(throws: RPCError.self) { try await signing.value }
            #expect(error?.code == .timeout)
            try await server.connected(0)
            #expect(try await signer.signed(.feeMarket(Self.call)).sender() == Self.key.address)
        }
    }
}
