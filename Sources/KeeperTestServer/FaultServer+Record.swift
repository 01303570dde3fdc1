public import EthRPC

/// What arrived, and waiting for it.
extension FaultServer {
    /// HTTP requests and WebSocket messages in the order of their arrival.
    public var requests: [ServerRequest] { state.with { $0.requests } }
    /// Wishes for a WebSocket in the order of their arrival.
    public var upgrades: [ServerRequest] { state.with { $0.upgrades } }
    /// How many requests have arrived, kept or not.
    public var requestCount: Int { state.with { $0.counts.requests } }
    /// JSON-RPC requests that the node acted upon, whether or not the answer ever left.
    public var acted: [RPCRequest] { state.with { $0.acted } }
    /// How many connections were accepted.
    public var connections: Int { state.with { $0.connections } }
    /// How many connections are open now.
    public var openConnections: Int { state.with { $0.openConnections } }
    /// How many bytes were handed to the sockets.
    public var bytesSent: Int { state.with { $0.bytesSent } }
    /// How many WebSocket pings came.
    public var pings: Int { state.with { $0.pings } }

    /// Waits until so many requests have arrived.
    /// - Throws: `CancellationError`.
    public func received(_ count: Int) async throws {
        try await state.wait { $0.requests.count >= count ? () : nil }
    }

    /// Waits until the node has acted upon so many requests.
    /// - Throws: `CancellationError`.
    public func acted(_ count: Int) async throws {
        try await state.wait { $0.acted.count >= count ? () : nil }
    }

    /// Waits until so many wishes for a WebSocket have come.
    /// - Throws: `CancellationError`.
    public func upgraded(_ count: Int) async throws {
        try await state.wait { $0.upgrades.count >= count ? () : nil }
    }

    /// Waits until exactly so many connections are open.
    /// - Throws: `CancellationError`.
    public func connected(_ count: Int) async throws {
        try await state.wait { $0.openConnections == count ? () : nil }
    }

    /// Waits until so many WebSocket pings have come.
    /// - Throws: `CancellationError`.
    public func pinged(_ count: Int) async throws {
        try await state.wait { $0.pings >= count ? () : nil }
    }
}
