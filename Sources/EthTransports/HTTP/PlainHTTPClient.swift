import AsyncHTTPClient
public import EthPrimitives
import EthRPC
import NIOCore
import NIOHTTP1

/// HTTP that is no JSON-RPC: an endpoint's status, a receiver's webhook. One attempt, no redirect is followed.
public enum PlainHTTPClient {
    public struct Reply: Sendable {
        public var status: Int
        /// `Retry-After`, where the server sent one.
        public var retryAfter: Duration?
        public var body: [UInt8]
    }

    /// - Throws: `RPCError` for a URL that nothing can be sent to; it does not show it.
    public static func check(_ url: SecretText) throws {
        _ = try Endpoint(label: "receiver", url: url, EndpointURL.Scheme.http1).parts(EndpointURL.Scheme.http1)
    }

    /// - Parameters:
    ///   - url: http or https; may hold a token, and is in no error.
    ///   - timeout: for the whole exchange.
    ///   - maximumBytes: larger answers are an error; 0 where the status is all that counts: the body is not read then.
    /// - Throws: `RPCError` for whatever prevents a complete answer; its `mayHaveBeenProcessed` tells whether the server can have got it.
    public static func send(
        _ method: String, _ url: SecretText, headers: [(String, SecretText)] = [], body: [UInt8]? = nil,
        timeout: Duration = .seconds(10), maximumBytes: Int = 1 << 20
    ) async throws -> Reply {
        let endpoint = try Endpoint(label: "receiver", url: url, EndpointURL.Scheme.http1)
        var request = HTTPClientRequest(url: try endpoint.parts(EndpointURL.Scheme.http1).text)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value.reveal()) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let response = try await HTTPTransport.client.execute(request, deadline: .now() + TimeAmount(timeout))
            let content =
                maximumBytes == 0
                ? ByteBuffer()
                : try await RPCClock.continuous.limit(timeout) { try await response.body.collect(upTo: maximumBytes) }
            return Reply(
                status: Int(response.status.code),
                retryAfter: RetryAfter.duration(
                    response.headers.first(name: "retry-after"), answeredAt: response.headers.first(name: "date")),
                body: Array(content.readableBytesView))
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            throw RPCError(.timeout, "no complete answer within \(timeout)")
        } catch {
            throw NetworkFailure.error(for: error)
        }
    }
}
