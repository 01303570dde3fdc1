public import EthCodec
import EthRPC

/// One thing that the server does about a request. A reply is a list of them.
public enum Step: Sendable {
    /// Sends a whole answer: over HTTP with status 200 as JSON, over a WebSocket as a text message.
    case message([UInt8])
    /// Sends bytes as they are, past HTTP and WebSocket.
    case bytes([UInt8])
    /// Sends the same bytes so many times, as fast as the client takes them.
    case repeated([UInt8], times: Int)
    /// Sends one WebSocket frame.
    case frame(opcode: UInt8, payload: [UInt8], isFinal: Bool)
    /// Waits until the test lets it go on.
    case wait(Gate)
    /// Waits for ever, that is until the client goes or the server is stopped.
    case hang
    /// Lets the node act on the requests; the steps that follow from the responses come next. The responses are JSON objects, in
    /// the order of the requests.
    case act(@Sendable (_ request: ServerRequest, _ responses: [JSON]) -> [Step])
    /// Steps that depend on the request.
    case look(@Sendable (_ request: ServerRequest) -> [Step])
    /// Ends the connection in order.
    case close
    /// Ends the connection with a reset (RST): whatever the client has not read yet may be lost.
    case reset
}

/// What the server does about one request.
public struct Reply: Sendable {
    /// The steps, in their order.
    public var steps: [Step]

    /// A reply of these steps.
    public init(_ steps: [Step]) { self.steps = steps }

    /// The same, begun only when the test opens the gate: the node does not act before that either.
    public func after(_ gate: Gate) -> Reply { Reply([.wait(gate)] + steps) }

    /// The same, and the connection is closed behind it.
    public func thenClosing() -> Reply { Reply(steps + [.close]) }

    /// The responses of the node, after a change, as one message: an array where a batch was asked.
    public static func rewritten(_ change: @escaping @Sendable ([JSON]) -> [JSON]) -> Reply {
        Reply([
            .act { request, responses in
                let changed = change(responses)
                let json = request.isBatch ? JSON.array(changed) : changed.first ?? .null
                return [.message(JSONWriter.bytes(of: json))]
            }
        ])
    }

    /// What the node answers.
    public static let answer = rewritten { $0 }

    /// Whatever a function makes of the request's bytes, with status 200.
    public static func computed(_ body: @escaping @Sendable ([UInt8]) -> [UInt8]) -> Reply {
        Reply([.look { [.message(body($0.body))] }])
    }

    /// A text, with status 200.
    public static func text(_ text: String) -> Reply { Reply([.message(Array(text.utf8))]) }

    /// An error of the node instead of each answer; one for the whole batch if that is asked.
    public static func refuse(_ code: Int, _ message: String, wholeBatch: Bool = false) -> Reply {
        Reply([
            .look { request in
                let refusal = TestNode.Refusal(code, message)
                let errors = request.calls.map { TestNode.refusal($0.id, refusal) }
                let json = request.isBatch && !wholeBatch ? JSON.array(errors) : errors.first ?? TestNode.refusal(nil, refusal)
                return [.message(JSONWriter.bytes(of: json))]
            }
        ])
    }
}
