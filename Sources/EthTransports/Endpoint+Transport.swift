import EthPrimitives
public import EthRPC

extension Endpoint {
    /// Whether its URL is ws or wss.
    public var isWebSocket: Bool { url.reveal().lowercased().hasPrefix("ws") }

    /// A transport to it: HTTP or WebSocket, as its URL says.
    /// - Parameter timeout: for one attempt.
    /// - Throws: `badEndpoint`.
    public func transport(timeout: Duration) throws(RPCError) -> any Transport {
        guard isWebSocket else { return try HTTPTransport(self, limits: .init(timeout: timeout)) }
        var limits = WebSocketTransport.Limits()
        limits.timeout = timeout
        return try WebSocketTransport(self, limits: limits)
    }
}
