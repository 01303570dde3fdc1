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
            return try RPCBody.responses(in: try await post(RPCRequest.body(of: batch)), to: batch)
        } catch var error as RPCError {
            error.endpoint = label
            if batch.count == 1 { error.method = error.method ?? batch[0].method }
            throw error
        }
    }

    private func post(_ body: [UInt8]) async throws -> [UInt8] {
        var request = HTTPClientRequest(url: url.reveal())
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "accept", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: body))
        let response: HTTPClientResponse
        let content: ByteBuffer
        do {
            response = try await Self.client.execute(request, timeout: timeout)
            content = try await response.body.collect(upTo: maximumBytes)
        } catch {
            throw Self.transportError(error)
        }
        let bytes = Array(content.readableBytesView)
        guard response.status == .ok else {
            // Some nodes answer JSON-RPC errors with another status: their error says more than the number.
            if let answer = try? RPCResponse(parsing: bytes[...]), case .failure(let error) = answer.outcome { throw error }
            throw RPCError(.httpStatus(Int(response.status.code)), "HTTP status \(response.status.code)")
        }
        return bytes
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
