import NIOCore

/// Serves one connection: HTTP requests one after the other, until it becomes a WebSocket or ends.
struct ServerConnection: Sendable {
    let performer: Performer

    static func serve(_ channel: RawChannel, _ script: FaultScript, _ state: Watched<ServerState>) async {
        let number = state.with { state in
            state.openConnections += 1
            state.connections += 1
            return state.connections - 1
        }
        // A client that goes away is no error of the server.
        try? await channel.executeThenClose { input, writer in
            let output = RawOutput(channel: channel.channel, writer: writer) { count in state.with { $0.bytesSent += count } }
            let connection = ServerConnection(performer: Performer(number: number, script: script, state: state, output: output))
            try await withThrowingTaskGroup { group in
                let (received, pump) = AsyncStream.makeStream(of: ByteBuffer.self)
                // The client may go while a reply waits at a gate: the end of this task ends the waiting.
                group.addTask {
                    defer { pump.finish() }
                    for try await bytes in input { pump.yield(bytes) }
                }
                group.addTask { try await connection.serve(ByteSource(received)) }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
        state.with { $0.close(number) }
    }

    private func serve(_ stream: ByteSource) async throws {
        var source = stream
        while let head = await source.next(through: "\r\n\r\n") {
            var lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
            guard !lines.isEmpty else { return }
            let line = lines.removeFirst().split(separator: " ").dropLast().joined(separator: " ")
            let headers = lines.compactMap(Self.header)
            let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
            guard let body = await source.next(length) else { return }
            let isUpgrade = headers.contains { $0.name.lowercased() == "upgrade" && $0.value.lowercased() == "websocket" }
            let script = performer.script
            let request: ServerRequest = performer.state.with { state in
                state.receive(
                    isUpgrade ? .upgrade : .http, connection: performer.number, line: line, headers: headers, body: body)
            }
            let reply: Reply? = performer.state.with { state in state.reply(to: request, by: script) }
            if isUpgrade, reply == nil {
                let peer = WebSocketPeer(performer: performer)
                try await peer.accept(request)
                return try await peer.serve(source)
            }
            guard try await performer.perform((reply ?? .answer).steps, request) else { return }
        }
    }

    private static func header(_ line: String) -> (name: String, value: String)? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        return (String(line[..<colon]), String(value))
    }
}
