import EthRPC

/// Performs replies on one connection.
struct Performer: Sendable {
    /// Which connection it is.
    let number: Int
    let script: FaultScript
    let state: Watched<ServerState>
    let output: RawOutput

    /// Performs steps.
    /// - Returns: whether the connection goes on.
    func perform(_ steps: [Step], _ request: ServerRequest) async throws -> Bool {
        for step in steps {
            switch step {
            case .message(let body) where request.kind == .webSocket: try await output.write(opcode: SocketFrame.text, body)
            case .message(let body): try await output.write(Reply.http(200, body: body))
            case .bytes(let bytes): try await output.write(bytes)
            case .repeated(let bytes, let times): for _ in 0..<times { try await output.write(bytes) }
            case .frame(let opcode, let payload, let isFinal):
                try await output.write(opcode: opcode, payload, isFinal: isFinal)
            case .wait(let gate): try await gate.pass()
            case .hang: try await Gate().pass()
            case .look(let steps): guard try await perform(steps(request), request) else { return false }
            case .act(let steps):
                let responses = request.calls.map(script.node.response)
                state.with { if $0.remembers { $0.acted += request.calls } }
                guard try await perform(steps(request, responses), request) else { return false }
            case .close:
                await output.close()
                return false
            case .reset:
                await output.reset()
                return false
            }
        }
        return true
    }
}
