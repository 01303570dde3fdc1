import AsyncHTTPClient
public import EthPrimitives
public import EthRPC
import NIOCore
import NIOHTTP1

/// JSON-RPC over HTTP, keep-alive, one POST a batch.
///
/// The URL may carry a token: it is kept private, and no error or log ever contains it; the label stands for the endpoint.
public struct HTTPTransport: Transport {
    /// The endpoint's name for people.
    public let label: String
    private let url: SecretText
    private let timeout: TimeAmount
    private let maximumBytes: Int

    /// Refuses URLs that are not http or https.
    /// - Parameters:
    ///   - timeout: for the whole exchange, in seconds.
    ///   - maximumBytes: larger answers are refused.
    public init(label: String, url: SecretText, timeout seconds: Int64 = 10, maximumBytes: Int = 128 << 20) throws(RPCError) {
        guard ["http://", "https://"].contains(where: url.reveal().hasPrefix) else {
            throw RPCError(.unreachable, "expected an http:// or https:// URL", endpoint: label)
        }
        self.label = label
        self.url = url
        timeout = .seconds(seconds)
        self.maximumBytes = maximumBytes
    }

    /// One client for the process. A refused connection is reported at once: whether to try again is not the client's to decide.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        guard !batch.isEmpty else { return [] }
        do {
            return try RPCBody.responses(in: try await post(RPCRequest.body(of: batch)), to: batch).map(redacted)
        } catch var error as RPCError {
            error.endpoint = label
            error.message = redacted(error.message)
            if batch.count == 1 { error.method = error.method ?? batch[0].method }
            throw error
        }
    }

    /// Errors inside responses, and the bytes that a recording would keep of them.
    private func redacted(_ response: RPCResponse) throws(RPCError) -> RPCResponse {
        guard case .failure = response.outcome else { return response }
        let text = String(decoding: response.raw, as: UTF8.self)
        let clean = redacted(text)
        return clean == text ? response : try RPCResponse(parsing: Array(clean.utf8)[...])
    }

    /// A server's text without the parts of the URL that may be secret: servers like to repeat what they were asked.
    private func redacted(_ text: String) -> String {
        let parts = Self.parts(of: url.reveal())
        return parts.reduce(text) { $0.replacing($1, with: "<secret>") }
    }

    /// User, password, path components and query values of at least six characters; the host is no secret.
    private static func parts(of url: String) -> [String] {
        let separators: Set<Character> = ["/", "?", "&", "=", "@", ":"]
        let parts = url.split { separators.contains($0) }.map(String.init)
        return parts.dropFirst().filter { $0.count >= 6 && !$0.allSatisfy { $0.isNumber || $0 == "." } }
    }

    private func post(_ body: [UInt8]) async throws -> [UInt8] {
        var request = HTTPClientRequest(url: url.reveal())
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "accept", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: body))
        let (response, bytes) = try await exchange(request)
        guard response.status == .ok else {
            // Some nodes answer JSON-RPC errors with another status: their error says more than the number.
            if let answer = try? RPCResponse(parsing: bytes[...]), case .failure(let error) = answer.outcome { throw error }
            throw RPCError(.httpStatus(Int(response.status.code)), "HTTP status \(response.status.code)")
        }
        return bytes
    }

    /// Head and body within one time limit: a server that stalls in the middle of a body is no better than one that is silent.
    private func exchange(_ request: HTTPClientRequest) async throws -> (HTTPClientResponse, [UInt8]) {
        let (timeout, maximumBytes) = (timeout, maximumBytes)
        return try await withThrowingTaskGroup(of: (HTTPClientResponse, [UInt8])?.self) { group in
            group.addTask {
                do {
                    let response = try await Self.client.execute(request, timeout: timeout)
                    let content = try await response.body.collect(upTo: maximumBytes)
                    return (response, Array(content.readableBytesView))
                } catch {
                    throw Self.transportError(error)
                }
            }
            group.addTask {
                try await Task.sleep(for: .nanoseconds(timeout.nanoseconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else {
                throw RPCError(.timeout, "no complete answer in time")
            }
            return result
        }
    }

    /// The kind of failure in our words; the client's own texts may contain the URL.
    private static func transportError(_ error: any Error) -> any Error {
        switch error {
        case is CancellationError: error
        case is NIOTooManyBytesError: RPCError(.tooLarge, "the answer exceeds the allowed size")
        case let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout || error == .readTimeout:
            RPCError(.timeout, "no complete answer in time")
        default: RPCError(.unreachable, "no connection, or it broke")
        }
    }
}
