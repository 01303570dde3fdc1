import EthCodec
import EthPrimitives
import EthRPC
import EthTransports
import KeeperTestServer
import KeeperTesting
import TestSupport
import Testing

/// What tests of transports share.
enum Support {
    static let call = RPCRequest(id: 7, method: "eth_call", params: ["0x01"])
    static let batch = (1...4).map { RPCRequest(id: $0, method: "eth_call", params: [.integer($0)]) }

    /// A transport whose time a test sets; it stands still otherwise.
    static func http(
        _ server: FaultServer, path: String = "", maximumBytes: Int = 64 << 20, clock: MockClock = MockClock(),
        headers: [(name: String, value: SecretText)] = [], bearer: SecretText? = nil
    ) throws -> HTTPTransport {
        let endpoint = try Endpoint(label: "own", url: SecretText(server.url + path), headers: headers, bearer: bearer)
        return try HTTPTransport(endpoint, limits: .init(maximumBytes: maximumBytes, clock: RPCClock(clock)))
    }

    /// A WebSocket transport whose time a test sets, and which comes back at once when it is lost.
    static func socket(
        _ server: FaultServer, path: String = "", clock: MockClock = MockClock(), maximumBytes: Int = 64 << 20,
        backlog: Int = 4096,
        backoff: Backoff = Backoff(first: .zero, maximum: .zero), headers: [(name: String, value: SecretText)] = []
    ) throws -> WebSocketTransport {
        var limits = WebSocketTransport.Limits()
        limits.clock = RPCClock(clock)
        limits.maximumBytes = maximumBytes
        limits.backlog = backlog
        limits.backoff = backoff
        let endpoint = try Endpoint(label: "own", url: SecretText(server.webSocketURL + path), headers: headers)
        return try WebSocketTransport(endpoint, limits: limits, random: SeededRandom(1))
    }

    /// The error that sending meets.
    static func error(
        _ transport: some Transport, _ batch: [RPCRequest] = [call], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> RPCError {
        let error = await #expect(throws: RPCError.self, sourceLocation: sourceLocation) { try await transport.send(batch) }
        return try #require(error, sourceLocation: sourceLocation)
    }
}
