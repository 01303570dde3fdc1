public import EthCodec
public import EthRPC
public import Testing

/// What every `Transport` must do, as checks that a test runs against one: responses in the order of the requests under the ids of
/// the requests, node errors as values, no answers to no requests.
///
///     try await TransportConformance(
///         answered: [.init("eth_chainId", result: "0x1"), .init("eth_blockNumber", result: "0x2")],
///         refused: .init("eth_noSuchMethod")
///     ).check(transport)
///
/// Each exchange is sent several times, so that a transport over a recording needs reads that are pinned to a block.
public struct TransportConformance: Sendable {
    /// A request, and what the node behind the transport answers.
    public struct Exchange: Sendable {
        /// The JSON-RPC method.
        public var method: String
        /// Its parameters.
        public var params: [JSON]
        /// The result; `nil` where the node answers with an error, or where any result will do.
        public var result: JSON?

        /// A request and its result.
        public init(_ method: String, _ params: [JSON] = [], result: JSON? = nil) {
            self.method = method
            self.params = params
            self.result = result
        }

        func request(_ id: UInt64) -> RPCRequest { RPCRequest(id: id, method: method, params: params) }
    }

    /// Exchanges with results that differ from each other, at least two.
    public var answered: [Exchange]
    /// An exchange that the node answers with an error.
    public var refused: Exchange

    /// - Parameters:
    ///   - answered: at least two exchanges with results that differ.
    ///   - refused: an exchange that the node answers with an error.
    public init(answered: [Exchange], refused: Exchange) {
        self.answered = answered
        self.refused = refused
    }

    /// Runs every check; failures are recorded as issues at the caller's line.
    /// - Throws: what the transport throws, which a conforming one never does here.
    public func check(_ transport: any Transport, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(answered.count >= 2, "the suite needs two exchanges that differ", sourceLocation: sourceLocation)
        try await checkOrder(transport, sourceLocation)
        try await checkSingles(transport, sourceLocation)
        try await checkErrors(transport, sourceLocation)
        #expect(try await transport.send([]).isEmpty, "no requests have no answers", sourceLocation: sourceLocation)
    }

    /// Forwards and backwards, under ids that are neither small nor sorted nor the same twice.
    private func checkOrder(_ transport: any Transport, _ place: SourceLocation) async throws {
        for exchanges in [answered, answered.reversed(), answered + answered.reversed()] {
            let batch = exchanges.enumerated().map { index, exchange in
                exchange.request(UInt64(index % 2 == 0 ? 9_000_000 - index : 17 + index))
            }
            let responses = try await transport.send(batch)
            #expect(
                responses.map(\.id) == batch.map(\.id), "ids are those of the requests, in their order", sourceLocation: place)
            for (exchange, response) in zip(exchanges, responses) { try check(response, exchange, place) }
        }
    }

    /// A batch of one is a single call.
    private func checkSingles(_ transport: any Transport, _ place: SourceLocation) async throws {
        for id in [0, 1, UInt64(1) << 53] {
            for exchange in answered {
                let responses = try await transport.send([exchange.request(id)])
                #expect(responses.map(\.id) == [id], "one request has one answer", sourceLocation: place)
                for response in responses { try check(response, exchange, place) }
            }
        }
    }

    /// A node's error belongs to its request and spoils no other.
    private func checkErrors(_ transport: any Transport, _ place: SourceLocation) async throws {
        let exchanges = answered.prefix(1) + [refused] + answered.dropFirst()
        let batch = exchanges.enumerated().map { $1.request(UInt64($0 + 5)) }
        let responses = try await transport.send(batch)
        #expect(responses.map(\.id) == batch.map(\.id), sourceLocation: place)
        for (index, (exchange, response)) in zip(exchanges, responses).enumerated() {
            if index == 1 { checkRefusal(response, place) } else { try check(response, exchange, place) }
        }
        let alone = try await transport.send([refused.request(3)])
        #expect(alone.map(\.id) == [3], sourceLocation: place)
        for response in alone { checkRefusal(response, place) }
    }

    private func check(_ response: RPCResponse, _ exchange: Exchange, _ place: SourceLocation) throws {
        let result = try response.result()
        if let expected = exchange.result { #expect(result == expected, "\(exchange.method)", sourceLocation: place) }
        try checkBytes(response, place)
    }

    private func checkRefusal(_ response: RPCResponse, _ place: SourceLocation) {
        guard case .failure(let error) = response.outcome, case .node = error.code else {
            Issue.record("a node's error is a value in the response, got \(response.outcome)", sourceLocation: place)
            return
        }
    }

    /// The bytes that a recording keeps say the same as the response.
    private func checkBytes(_ response: RPCResponse, _ place: SourceLocation) throws {
        let again = try RPCResponse(parsing: response.raw)
        #expect(again.id == response.id, "the bytes carry the request's id", sourceLocation: place)
        #expect(try again.result() == response.result(), "the bytes carry the result", sourceLocation: place)
    }
}
