public import EthCodec

/// The server's end of its WebSockets. `eth_subscribe` and `eth_unsubscribe` are served by the server itself unless a rule of the
/// script fits them.
extension FaultServer {
    /// Tells all subscribers of a topic, such as `newHeads`.
    /// - Returns: how many there are.
    @discardableResult
    public func publish(_ topic: String, _ result: JSON) async -> Int {
        let subscriptions = state.with { $0.subscriptions.filter { $0.topic == topic } }
        for subscription in subscriptions {
            // A client that goes away meanwhile gets nothing.
            try? await subscription.confirmed.pass()
            // As above.
            try? await subscription.output.write(opcode: SocketFrame.text, Self.notification(subscription.id, result))
        }
        return subscriptions.count
    }

    /// Begins to tell all subscribers of a topic, and resets their connections in the middle of it.
    public func publishHalf(_ topic: String, _ result: JSON) async {
        let subscriptions = state.with { $0.subscriptions.filter { $0.topic == topic } }
        for subscription in subscriptions {
            let text = SocketFrame(opcode: SocketFrame.text, isFinal: true, payload: Self.notification(subscription.id, result))
            // As above.
            try? await subscription.confirmed.pass()
            // As above.
            try? await subscription.output.write(Array(text.bytes.prefix(text.bytes.count / 2)))
            await subscription.output.reset()
        }
    }

    /// The bytes of a notification.
    public static func notification(_ subscription: String, _ result: JSON) -> [UInt8] {
        JSONWriter.bytes(
            of: .object([
                "jsonrpc": "2.0", "method": "eth_subscription",
                "params": .object(["subscription": .string(subscription), "result": result]),
            ]))
    }

    /// Sends one text message over every open WebSocket.
    public func broadcast(_ text: [UInt8]) async { await broadcast(opcode: SocketFrame.text, text) }

    /// Sends one frame over every open WebSocket: 1 text, 2 binary, 8 close, 9 ping, 10 pong.
    public func broadcast(opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) async {
        await broadcast(raw: SocketFrame(opcode: opcode, isFinal: isFinal, payload: payload).bytes)
    }

    /// Sends bytes as they are over every open WebSocket.
    public func broadcast(raw bytes: [UInt8]) async {
        // As above.
        for socket in sockets { try? await socket.write(bytes) }
    }

    /// Resets every open WebSocket.
    public func resetWebSockets() async {
        for socket in sockets { await socket.reset() }
    }

    /// Ends every open WebSocket without the protocol's word for it.
    public func cutWebSockets() async {
        for socket in sockets { await socket.close() }
    }

    /// Whether pings are answered, as the protocol asks.
    public func answerPings(_ answers: Bool) { state.with { $0.answersPings = answers } }

    /// Waits until a topic has exactly so many subscribers on open connections.
    /// - Throws: `CancellationError`.
    public func subscribed(_ topic: String, _ count: Int = 1) async throws {
        try await state.wait { state in state.subscriptions.count { $0.topic == topic } == count ? () : nil }
    }

    /// How many subscriptions have ended with their connections.
    public var lostSubscriptions: Int { state.with { $0.lostSubscriptions } }

    /// Waits until so many subscriptions have ended with their connections, whether or not others have begun meanwhile.
    /// - Throws: `CancellationError`.
    public func lost(_ count: Int) async throws {
        try await state.wait { $0.lostSubscriptions >= count ? () : nil }
    }

    private var sockets: [RawOutput] {
        state.with { state in state.sockets.keys.sorted().compactMap { state.sockets[$0] } }
    }
}
