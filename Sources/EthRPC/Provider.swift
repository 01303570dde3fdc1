public import EthCodec

/// Typed access to a node through a transport.
public struct Provider: Sendable {
    public let transport: any Transport

    public init(_ transport: any Transport) { self.transport = transport }

    /// Sends a batch of reads.
    /// - Throws: `RPCError` when there is no usable answer; errors of single reads are thrown by `ReadAnswers.value(of:)`.
    public func send(_ batch: ReadBatch) async throws -> ReadAnswers {
        let responses = try await transport.send(batch.requests)
        guard responses.count == batch.requests.count else {
            throw RPCError(.wrongID, "expected \(batch.requests.count) responses, got \(responses.count)")
        }
        return ReadAnswers(requests: batch.requests, responses: responses)
    }

    /// Sends one request and returns its result as JSON.
    public func request(_ method: String, _ params: [JSON] = []) async throws -> FieldReader {
        let responses = try await transport.send([RPCRequest(method: method, params: params)])
        guard let response = responses.first else { throw RPCError(.wrongID, "expected a response, got none", method: method) }
        do {
            return FieldReader(try response.result(), path: "result")
        } catch {
            var named = error
            named.method = method
            throw named
        }
    }
}
