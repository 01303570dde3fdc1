import EthPrimitives
public import EthRPC

extension Endpoint {
    /// Whether its URL is ws or wss.
    public var isWebSocket: Bool { url.reveal().lowercased().hasPrefix("ws") }

    /// A transport to it: HTTP or WebSocket, as its URL says.
    /// - Parameter timeout: for one attempt.
    /// - Throws: `badEndpoint`.
    public func transport(timeout: Duration) throws(RPCError) -> any Transport {
        try EndpointSource(self).transport(timeout: timeout)
    }
}

extension EndpointSource {
    /// A transport to it: HTTP or WebSocket, as its URL says now.
    /// - Parameter timeout: for one attempt.
    /// - Throws: `badEndpoint`.
    public func transport(timeout: Duration) throws(RPCError) -> any Transport {
        guard now().endpoint.isWebSocket else { return try HTTPTransport(self, limits: .init(timeout: timeout)) }
        var limits = WebSocketTransport.Limits()
        limits.timeout = timeout
        return try WebSocketTransport(self, limits: limits)
    }
}
