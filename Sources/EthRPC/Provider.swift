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
        return ReadAnswers(responses: responses)
    }

    /// Sends one query and reads its answer.
    /// - Throws: what the transport throws, the node's error, or `RPCError` of code `.malformedResult`.
    public func value<Value>(_ query: RPCQuery<Value>) async throws -> Value {
        let responses = try await transport.send([query.request()])
        guard let response = responses.first else {
            throw RPCError(.wrongID, "expected a response, got none", method: query.method)
        }
        return try query.value(of: response)
    }

    /// Sends one request and returns its result as JSON.
    public func request(_ method: String, _ params: [JSON] = []) async throws -> FieldReader {
        try await value(RPCQuery(method, params) { (result) throws(RPCError) in result })
    }
}
