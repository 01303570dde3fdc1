import AsyncHTTPClient
public import EthPrimitives
public import EthRPC
import NIOCore
import NIOHTTP1

/// JSON-RPC over HTTP, keep-alive, one POST a batch, one attempt a POST: whether to try again is not for it to decide.
///
/// URL and headers may carry tokens: no error or log ever contains them; the label stands for the endpoint.
public struct HTTPTransport: Transport {
    /// What one attempt may take.
    public struct Limits: Sendable {
        /// From the first byte sent to the last byte received.
        public var timeout: Duration
        /// Larger answers are refused, compressed or unpacked.
        public var maximumBytes: Int
        /// Where the time comes from.
        public var clock: RPCClock

        /// 10 seconds (a slot is 12) and 64 MiB unless said otherwise.
        public init(timeout: Duration = .seconds(10), maximumBytes: Int = 64 << 20, clock: RPCClock = .continuous) {
            self.timeout = timeout
            self.maximumBytes = maximumBytes
            self.clock = clock
        }
    }

    private let endpoint: Endpoint
    private let limits: Limits
    private let url: SecretText

    /// The endpoint's name for people.
    public var label: String { endpoint.label }

    /// - Throws: `badEndpoint` for URLs that are not http or https.
    public init(_ endpoint: Endpoint, limits: Limits = Limits()) throws(RPCError) {
        self.endpoint = endpoint
        self.limits = limits
        url = SecretText(try endpoint.parts(EndpointURL.Scheme.http1).text)
    }

    /// - Parameters:
    ///   - timeout: for the whole exchange, in seconds.
    ///   - maximumBytes: larger answers are refused.
    /// - Throws: `badEndpoint` for URLs that are not http or https.
    public init(label: String, url: SecretText, timeout seconds: Int64 = 10, maximumBytes: Int = 64 << 20) throws(RPCError) {
        try self.init(
            try Endpoint(label: label, url: url, EndpointURL.Scheme.http1),
            limits: Limits(timeout: .seconds(seconds), maximumBytes: maximumBytes))
    }

    /// One client for the process. It repeats nothing and follows no redirects: another host must not see our tokens.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        // Twice the default: a few requests that hang must not hold up the others to the same host.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// - Throws: `RPCError`; its `mayHaveBeenProcessed` tells whether the node can have acted on the requests.
    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        guard !batch.isEmpty else { return [] }
        do {
            let request = request(RPCRequest.body(of: batch))
            let maximumBytes = limits.maximumBytes
            // Head and body within one limit: a server that stalls in the middle of a body is no better than one that is silent.
            let answer = try await limits.clock.limit(limits.timeout) {
                do {
                    return try await Self.exchange(request, maximumBytes)
                } catch {
                    throw NetworkFailure.error(for: error)
                }
            }
            return try endpoint.redacted(try answer.responses(to: batch))
        } catch let error as RPCError {
            throw endpoint.named(error, batch)
        }
    }

    private func request(_ body: [UInt8]) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url.reveal())
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "accept-encoding", value: "gzip")
        for (name, value) in endpoint.headers { request.headers.replaceOrAdd(name: name, value: value.reveal()) }
        request.body = .bytes(ByteBuffer(bytes: body))
        return request
    }

    private static func exchange(_ request: HTTPClientRequest, _ maximumBytes: Int) async throws -> HTTPAnswer {
        let response = try await client.execute(request, deadline: .distantFuture)
        let content = try await response.body.collect(upTo: maximumBytes)
        var answer = HTTPAnswer(status: Int(response.status.code), body: Array(content.readableBytesView))
        answer.retryAfter = RetryAfter.duration(
            response.headers.first(name: "retry-after"), answeredAt: response.headers.first(name: "date"))
        try answer.unpack(response.headers[canonicalForm: "content-encoding"].map(String.init), limit: maximumBytes)
        return answer
    }
}
