import AsyncHTTPClient
import EthPrimitives
import EthRPC
import NIOHTTP1
import Synchronization

/// POSTs to an endpoint without their bodies, made anew when the endpoint is another one.
final class HTTPTemplate: Sendable {
    struct Version: Sendable {
        var endpoint: Endpoint
        var number: UInt64
        /// Behind a closure, so that nothing that prints a transport prints URL or headers.
        var request: @Sendable () -> HTTPClientRequest
    }

    private let source: EndpointSource
    private let last: Mutex<Version>

    /// - Throws: `badEndpoint` for URLs that are not http or https.
    init(_ source: EndpointSource) throws(RPCError) {
        self.source = source
        last = Mutex(try Self.version(source.now()))
    }

    func now(_ occasion: EndpointSource.Occasion) -> Version {
        let now = source.now(occasion)
        return last.withLock { last in
            if now.number != last.number {
                // A source that does not keep its kind has no other endpoint for us than the last one.
                if let version = try? Self.version(now) { last = version }
            }
            return last
        }
    }

    private static func version(_ now: EndpointSource.Version) throws(RPCError) -> Version {
        let request = request(try now.endpoint.parts(EndpointURL.Scheme.http1).text, now.endpoint)
        return Version(endpoint: now.endpoint, number: now.number, request: { request })
    }

    private static func request(_ url: String, _ endpoint: Endpoint) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "accept-encoding", value: "gzip")
        for (name, value) in endpoint.headers { request.headers.replaceOrAdd(name: name, value: value.reveal()) }
        request.tlsConfiguration = endpoint.tls?.configuration()
        return request
    }
}
