public import EthCodec
public import EthRPC
import EthPrimitives
import Synchronization

/// A node made of prepared answers, for tests: no socket, no time.
///
///     let node = ScriptedTransport { request throws in
///         guard request.method == "eth_chainId" else { throw ScriptedTransport.error(-32601, "no such method") }
///         return "0x1"
///     }
///     node.answer("eth_blockNumber", with: "0x1", "0x2")     // the first call, then every other one
///
/// Answers for a method with parameters win over those for the method alone, and both over the closure. What nobody answers throws
/// `RPCError` with code `noRecordedAnswer`.
public final class ScriptedTransport: Transport {
    /// Gives the result of a request. An `RPCError` with code `node` becomes an error response, a value for the caller; every other
    /// error fails the whole batch, like a broken connection.
    public typealias Handler = @Sendable (_ request: RPCRequest) throws -> JSON

    private struct State {
        var answers: [String: [Result<JSON, RPCError>]] = [:]
        var requests: [RPCRequest] = []
        var failures: [RPCError] = []
    }

    private let state = Mutex(State())
    private let handler: Handler?

    /// - Parameter handler: asked where no answer was prepared.
    public init(_ handler: Handler? = nil) { self.handler = handler }

    /// Prepares results of a method, one a call; the last one is repeated.
    /// - Parameter params: the parameters that they belong to; `nil` for all.
    public func answer(_ method: String, _ params: [JSON]? = nil, with results: JSON...) {
        state.withLock { $0.answers[Self.key(method, params), default: []] += results.map { .success($0) } }
    }

    /// Prepares a node's error for a method, as one more of its answers.
    public func refuse(_ method: String, _ params: [JSON]? = nil, with error: RPCError) {
        state.withLock { $0.answers[Self.key(method, params), default: []].append(.failure(error)) }
    }

    /// Lets the next batch fail as a whole, before any of it is answered. Several failures are thrown one after the other.
    public func failNext(_ error: RPCError) { state.withLock { $0.failures.append(error) } }

    /// A node's error, to be thrown by a handler.
    public static func error(_ code: Int, _ message: String, data: [UInt8]? = nil) -> RPCError {
        RPCError(.node(code: code, data: data), message)
    }

    /// All requests that were received, in order, those of failed batches too.
    public var requests: [RPCRequest] { state.withLock { $0.requests } }

    /// How many requests of a method were received.
    public func count(of method: String) -> Int { requests.count { $0.method == method } }

    /// Answers a batch.
    /// - Throws: the failure that was prepared, or what the handler threw unless that is a node's error.
    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let failure = state.withLock { state in
            state.requests += batch
            return state.failures.isEmpty ? nil : state.failures.removeFirst()
        }
        if let failure { throw failure }
        return try batch.map(respond)
    }

    private func respond(_ request: RPCRequest) throws -> RPCResponse {
        do {
            return try Self.response(request.id, "result", try result(of: request))
        } catch let error as RPCError {
            guard case .node(let code, let data) = error.code else { throw error }
            let object = JSON.object([
                "code": .integer(code), "message": .string(error.message), "data": data.map { .string(Hex.encode($0)) },
            ])
            return try Self.response(request.id, "error", object)
        }
    }

    private func result(of request: RPCRequest) throws -> JSON {
        let prepared: Result<JSON, RPCError>? = state.withLock { state in
            for key in [Self.key(request.method, request.params), Self.key(request.method, nil)] {
                guard let answers = state.answers[key], let first = answers.first else { continue }
                if answers.count > 1 { state.answers[key] = Array(answers.dropFirst()) }
                return first
            }
            return nil
        }
        if let prepared { return try prepared.get() }
        guard let handler else {
            throw RPCError(
                .noRecordedAnswer, "nothing was prepared for \(request.method) with parameters \(JSON.array(request.params))")
        }
        return try handler(request)
    }

    private static func key(_ method: String, _ params: [JSON]?) -> String {
        params.map { CanonicalRequest(method: method, params: $0).description } ?? method
    }

    private static func response(_ id: UInt64, _ name: String, _ value: JSON) throws(RPCError) -> RPCResponse {
        let json = JSON.object([JSON.Member("jsonrpc", "2.0"), JSON.Member("id", .integer(id)), JSON.Member(name, value)])
        return try RPCResponse(parsing: JSONWriter.bytes(of: json)[...])
    }
}
