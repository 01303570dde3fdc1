import AsyncHTTPClient
public import EthPrimitives
public import EthRPC
import NIOCore
import NIOHTTP1

/// JSON-RPC over HTTP, keep-alive, one POST a batch, one attempt a POST: whether to try again is not for it to decide. But where a server
/// refuses our credentials, and others have taken their place meanwhile, those are tried: nothing was done so far.
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

    private let limits: Limits
    private let template: HTTPTemplate

    /// The endpoint's name for people.
    public let label: String

    /// - Throws: `badEndpoint` for URLs that are not http or https.
    public init(_ endpoint: Endpoint, limits: Limits = Limits()) throws(RPCError) {
        try self.init(EndpointSource(endpoint), limits: limits)
    }

    /// - Parameter source: asked before each exchange.
    /// - Throws: `badEndpoint` for URLs that are not http or https.
    public init(_ source: EndpointSource, limits: Limits = Limits()) throws(RPCError) {
        label = source.label
        self.limits = limits
        template = try HTTPTemplate(source)
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
    static let client: HTTPClient = {
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
        var version = template.now(.use)
        do {
            let body = ByteBuffer(bytes: RPCRequest.body(of: batch))
            var answer = try await exchange(version, body)
            if answer.isRefusalOfCredentials {
                let newer = template.now(.doubt)
                if newer.number != version.number {
                    version = newer
                    answer = try await exchange(version, body)
                }
            }
            return try version.endpoint.redacted(try answer.responses(to: batch))
        } catch let error as RPCError {
            throw version.endpoint.named(error, batch)
        }
    }

    private func exchange(_ version: HTTPTemplate.Version, _ body: ByteBuffer) async throws -> HTTPAnswer {
        var request = version.request()
        request.body = .bytes(body)
        return try await exchange(request)
    }

    /// One POST. Head and body have one limit: a server that stalls in the middle of a body is no better than one that is silent.
    private func exchange(_ request: HTTPClientRequest) async throws -> HTTPAnswer {
        let (clock, maximumBytes) = (limits.clock, limits.maximumBytes)
        do {
            guard clock.isContinuous else {
                return try await clock.limit(limits.timeout) {
                    let response = try await Self.client.execute(request, deadline: .distantFuture)
                    return try Self.answer(response, try await response.body.collect(upTo: maximumBytes), maximumBytes)
                }
            }
            // The client keeps the time until the head is there; most bodies are there with it.
            let start = clock.now
            let response = try await Self.client.execute(request, deadline: .now() + TimeAmount(limits.timeout))
            let body = try await clock.limit(limits.timeout - (clock.now - start)) {
                try await response.body.collect(upTo: maximumBytes)
            }
            return try Self.answer(response, body, maximumBytes)
        } catch {
            switch error {
            case let error as HTTPClientError where error == .deadlineExceeded: throw timeout
            case let error as RPCError where error.code == .timeout: throw timeout
            default: throw NetworkFailure.error(for: error)
            }
        }
    }

    private var timeout: RPCError { RPCError(.timeout, "no complete answer within \(limits.timeout)") }

    private static func answer(_ response: HTTPClientResponse, _ content: ByteBuffer, _ maximumBytes: Int) throws -> HTTPAnswer {
        var answer = HTTPAnswer(status: Int(response.status.code), body: Array(content.readableBytesView))
        answer.retryAfter = RetryAfter.duration(
            response.headers.first(name: "retry-after"), answeredAt: response.headers.first(name: "date"))
        try answer.unpack(response.headers[canonicalForm: "content-encoding"].map(String.init), limit: maximumBytes)
        return answer
    }
}
