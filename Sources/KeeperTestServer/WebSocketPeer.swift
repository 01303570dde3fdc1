import EthCodec
import EthRPC
import NIOCore
import NIOHTTP1
import NIOWebSocket

/// The server's end of one WebSocket.
struct WebSocketPeer: Sendable {
    let performer: Performer

    /// Grants the wish for a WebSocket.
    func accept(_ request: ServerRequest) async throws {
        let head = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: "/", headers: HTTPHeaders(request.headers.map { ($0.name, $0.value) }))
        let upgrader = NIOWebSocketServerUpgrader(
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })
        let headers = try await upgrader.buildUpgradeResponse(
            channel: performer.output.channel, upgradeRequest: head, initialResponseHeaders: [:]
        ).get()
        let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        try await performer.output.write(Array("HTTP/1.1 101 Switching Protocols\r\n\(lines)\r\n".utf8))
        performer.state.with { $0.sockets[performer.number] = performer.output }
    }

    /// Answers messages until the connection ends, each in a task of its own: a reply that waits holds up no other.
    func serve(_ stream: ByteSource) async throws {
        var source = stream
        try await withThrowingDiscardingTaskGroup { group in
            defer { group.cancelAll() }
            var message: [UInt8] = []
            while let frame = await SocketFrame(&source) {
                switch frame.opcode {
                case ..<SocketFrame.close:
                    message += frame.payload
                    guard frame.isFinal else { continue }
                    let request = performer.state.with { state in
                        state.receive(.webSocket, connection: performer.number, body: message)
                    }
                    message = []
                    group.addTask { try await answer(request) }
                case SocketFrame.close:
                    try await performer.output.write(opcode: SocketFrame.close, frame.payload)
                    return await performer.output.close()
                case SocketFrame.ping:
                    let isAnswered = performer.state.with { state in
                        state.pings += 1
                        return state.answersPings
                    }
                    if isAnswered { try await performer.output.write(opcode: SocketFrame.pong, frame.payload) }
                default: break
                }
            }
        }
    }

    private func answer(_ request: ServerRequest) async throws {
        let script = performer.script
        let reply = performer.state.with { $0.reply(to: request, by: script) }
        if reply == nil, !request.isBatch, let call = request.calls.first, call.method == "eth_subscribe" {
            try await subscribe(call)
        } else if reply == nil, !request.isBatch, let call = request.calls.first, call.method == "eth_unsubscribe" {
            try await unsubscribe(call)
        } else {
            _ = try await performer.perform((reply ?? .answer).steps, request)
        }
    }

    private func subscribe(_ call: RPCRequest) async throws {
        let confirmed = Gate()
        defer { confirmed.open() }
        let id = performer.state.with { state in
            state.lastSubscription += 1
            let id = "0x" + String(state.lastSubscription + 0xABC0, radix: 16)
            // The connection may have ended meanwhile.
            if state.sockets[performer.number] != nil {
                let topic = call.params.first?.string ?? ""
                state.subscriptions.append(
                    .init(id: id, topic: topic, connection: performer.number, output: performer.output, confirmed: confirmed))
            }
            return id
        }
        try await respond(call, .string(id))
    }

    private func unsubscribe(_ call: RPCRequest) async throws {
        let id = call.params.first?.string
        let isKnown = performer.state.with { state in
            let count = state.subscriptions.count
            state.subscriptions.removeAll { $0.id == id && $0.connection == performer.number }
            return state.subscriptions.count < count
        }
        try await respond(call, .bool(isKnown))
    }

    private func respond(_ call: RPCRequest, _ result: JSON) async throws {
        try await performer.output.write(
            opcode: SocketFrame.text, JSONWriter.bytes(of: TestNode.response(call.id, "result", result)))
    }
}
