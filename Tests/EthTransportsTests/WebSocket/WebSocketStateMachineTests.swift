import EthCodec
import EthRPC
import TestSupport
import Testing

@testable import EthTransports

/// The WebSocket's decisions, without a socket.
@Suite struct WebSocketStateMachineTests {
    private static let settings = WebSocketStateMachine.Settings(
        timeout: .seconds(10), pingInterval: .seconds(15), pongTimeout: .seconds(5),
        backoff: Backoff(first: .seconds(1), maximum: .seconds(60)))
    private static let request = RPCRequest(id: 5, method: "eth_call")

    private var machine = WebSocketStateMachine(settings, random: SeededRandom(3))

    private mutating func words(_ event: WebSocketStateMachine.Event, at seconds: Double = 0) -> [String] {
        machine.handle(event, at: .seconds(seconds)).map { action in
            switch action {
            case .open(let socket): "open \(socket)"
            case .transmit(let socket, let bytes): "transmit \(socket) \(String(decoding: bytes, as: UTF8.self))"
            case .ping(let socket): "ping \(socket)"
            case .close(let socket): "close \(socket)"
            case .finish(let number, .success(let responses)):
                "finish \(number) \(responses.map { String(decoding: $0.raw, as: UTF8.self).replacing(#""jsonrpc":"2.0","#, with: "") })"
            case .finish(let number, .failure(let error)): "finish \(number) \(error.code)"
            case .deliver(let number, .live): "live \(number)"
            case .deliver(let number, .interrupted(let error)): "interrupted \(number) \(error.code)"
            case .deliver(let number, .notification(let bytes)): "news \(number) \(String(decoding: bytes, as: UTF8.self))"
            case .end(let number, let error): "end \(number) \(error.map { "\($0.code)" } ?? "")"
            }
        }
    }

    /// A message, with the version that each response bears.
    private static func text(_ text: String, socket: UInt64 = 1) -> WebSocketStateMachine.Event {
        .text(socket: socket, Array(text.replacing(#"{"id""#, with: #"{"jsonrpc":"2.0","id""#).utf8))
    }

    @Test("Requests wait for the connection, go out under ids of the wire and come back under their own")
    mutating func request() {
        #expect(words(.send(1, [Self.request])) == ["open 1"])
        #expect(words(.send(2, [Self.request, Self.request])) == [])
        #expect(machine.wake == .seconds(10))
        let sent = words(.opened(socket: 1), at: 1)
        #expect(sent.count == 2)
        #expect(sent[0] == #"transmit 1 {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[]}"#)
        #expect(
            words(Self.text(#"[{"id":3,"result":33},{"id":2,"result":22}]"#)) == [
                #"finish 2 ["{\"id\":5,\"result\":22}", "{\"id\":5,\"result\":33}"]"#
            ])
        #expect(words(Self.text(#"{"id":1,"result":11}"#)) == [#"finish 1 ["{\"id\":5,\"result\":11}"]"#])
        #expect(words(.opened(socket: 7)) == ["close 7"], "a connection that nobody waits for")
    }

    @Test("A request that times out is forgotten; its late answer is no violation, a second one is")
    mutating func lateAnswer() {
        _ = words(.send(1, [Self.request]))
        _ = words(.opened(socket: 1))
        _ = words(.send(2, [Self.request]), at: 3)
        #expect(words(.time, at: 10) == ["finish 1 timeout"])
        #expect(machine.wake == .seconds(13))
        #expect(words(Self.text(#"{"id":1,"result":1}"#), at: 11) == [])
        #expect(words(Self.text(#"{"id":1,"result":1}"#), at: 12) == ["close 1", "finish 2 wrongID"])
        #expect(machine.wake == nil)
        #expect(words(.ended(socket: 1, RPCError(.connectionLost, "")), at: 12) == [], "it is known already")
    }

    @Test("Silence is broken by a ping, and a silence after it is the end; any sign of life counts")
    mutating func ping() {
        _ = words(.subscribe(1, .newHeads))
        _ = words(.opened(socket: 1))
        #expect(words(Self.text(#"{"id":1,"result":"0xa"}"#), at: 2) == ["live 1"])
        #expect(words(.time, at: 10) == [])
        #expect(machine.wake == .seconds(17))
        #expect(words(.time, at: 17) == ["ping 1"])
        #expect(machine.wake == .seconds(22))
        #expect(words(.sign(socket: 1), at: 21) == [])
        #expect(machine.wake == .seconds(36))
        #expect(words(.time, at: 36) == ["ping 1"])
        let end = words(.time, at: 41)
        #expect(end == ["close 1", "interrupted 1 connectionLost"])
        let wake = machine.wake ?? .zero
        #expect(wake >= .seconds(41) && wake <= .seconds(42))
        #expect(words(.time, at: 42) == ["open 2"])
        #expect(words(.opened(socket: 2), at: 42).count == 1)
        #expect(words(Self.text(#"{"id":2,"result":"0xa"}"#, socket: 1), at: 42) == [], "the old connection has no say")
        #expect(words(Self.text(#"{"id":2,"result":"0xa"}"#, socket: 2), at: 42) == ["live 1"])
    }

    @Test("Waits double up to their bound, are drawn anew each time, and begin small after a success")
    mutating func backoff() {
        _ = words(.subscribe(1, .newHeads))
        var waits: [Duration] = []
        var now = 0.0
        for failure in 1...12 {
            let told = words(.ended(socket: UInt64(failure), RPCError(.unreachable, "")), at: now)
            #expect(told == (failure == 1 ? ["interrupted 1 unreachable"] : []), "told once")
            let wake = machine.wake ?? .zero
            waits.append(wake - .seconds(now))
            #expect(waits[failure - 1] <= .seconds(min(60, 1 << (failure - 1))))
            now = Double(wake.components.seconds) + 1
            #expect(words(.time, at: now) == ["open \(failure + 1)"])
        }
        #expect(Set(waits).count == 12)
        #expect(waits.max() ?? .zero > .seconds(8), "they grow")
        _ = words(.opened(socket: 13), at: now)
        _ = words(Self.text(#"{"id":1,"result":"0xa"}"#, socket: 13), at: now)
        _ = words(.ended(socket: 13, RPCError(.connectionLost, "")), at: now)
        #expect((machine.wake ?? .zero) - .seconds(now) <= .seconds(1))
    }

    @Test("A subscription given up before its confirmation is ended when that comes; its last news are nobody's")
    mutating func givenUp() {
        _ = words(.subscribe(1, .newHeads))
        _ = words(.opened(socket: 1))
        #expect(words(.unsubscribe(1)) == [])
        #expect(
            words(Self.text(#"{"id":1,"result":"0xa"}"#)) == [
                #"transmit 1 {"jsonrpc":"2.0","id":2,"method":"eth_unsubscribe","params":["0xa"]}"#
            ])
        #expect(words(Self.text(#"{"method":"eth_subscription","params":{"subscription":"0xa","result":1}}"#)) == [])
        #expect(words(Self.text(#"{"id":2,"result":true}"#)) == [])
        #expect(words(Self.text(#"{"method":"eth_subscription","params":{"subscription":"0xb","result":1}}"#)) == ["close 1"])
    }

    @Test("A subscription that is not confirmed in time ends the connection; one id for two subscriptions does too")
    mutating func badConfirmations() {
        _ = words(.subscribe(1, .newHeads))
        _ = words(.opened(socket: 1))
        #expect(words(.time, at: 10) == ["close 1", "interrupted 1 timeout"])
        _ = words(.time, at: 20)
        _ = words(.subscribe(2, .newHeads), at: 20)
        #expect(words(.opened(socket: 2), at: 20).count == 2)
        #expect(words(Self.text(#"{"id":2,"result":"0xa"}"#, socket: 2), at: 20) == ["live 1"])
        #expect(words(Self.text(#"{"id":3,"result":"0xa"}"#, socket: 2), at: 20).first == "close 2")
    }

    @Test("An error without an id belongs to the only exchange under way; among several it ends the connection")
    mutating func errorWithoutID() {
        let refusal = Self.text(#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}}"#)
        _ = words(.send(1, [Self.request]))
        _ = words(.opened(socket: 1))
        #expect(words(refusal) == ["finish 1 node(code: -32700, data: nil)"])
        _ = words(.send(2, [Self.request]))
        _ = words(.send(3, [Self.request]))
        #expect(
            words(refusal).sorted() == [
                "close 1", "finish 2 node(code: -32700, data: nil)", "finish 3 node(code: -32700, data: nil)",
            ])
    }

    @Test("Subscribers that leave and come back wait as long as those that stay; requests do not")
    mutating func comingBack() {
        let refused = RPCError(.rateLimited(retryAfter: .seconds(30)), "later")
        _ = words(.subscribe(1, .newHeads))
        #expect(words(.ended(socket: 1, refused)) == ["interrupted 1 rateLimited(retryAfter: Optional(30.0 seconds))"])
        _ = words(.unsubscribe(1))
        #expect(machine.wake == nil)
        #expect(words(.subscribe(2, .newHeads), at: 2) == [])
        #expect(machine.wake == .seconds(30))
        #expect(words(.time, at: 29) == [] && words(.time, at: 30) == ["open 2"])
        _ = words(.ended(socket: 2, refused), at: 31)
        _ = words(.unsubscribe(2), at: 31)
        #expect(words(.send(3, [Self.request]), at: 32) == ["open 3"])
    }

    @Test("A node that owes thousands of answers is left")
    mutating func owed() {
        _ = words(.send(1, [Self.request]))
        _ = words(.opened(socket: 1))
        let batch = Array(repeating: Self.request, count: 3000)
        _ = words(.send(2, batch))
        #expect(words(.cancel(2)) == [])
        _ = words(.send(3, batch))
        #expect(words(.cancel(3)) == ["close 1", "finish 1 connectionLost"])
    }

    @Test("Whatever bytes a node sends, the machine says what it makes of them and goes on")
    mutating func hostile() {
        var random = SeededRandom(7)
        let good = [
            #"[{"jsonrpc":"2.0","id":1,"result":{"a":[1,2,{"b":null}]}},{"jsonrpc":"2.0","id":2,"error":{"code":-32000,"message":"x"}}]"#,
            #"{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0xa","result":{"number":"0x1"}}}"#,
        ].map { Array($0.utf8) }
        var endings = 0
        for round in 0..<3000 {
            machine = WebSocketStateMachine(Self.settings, random: SeededRandom(UInt64(round)))
            _ = words(.send(1, [Self.request, Self.request]))
            _ = words(.opened(socket: 1))
            let told = words(.text(socket: 1, random.mutation(of: good[round % 2])))
            endings += told.contains("close 1") ? 1 : 0
            for action in told { #expect(action.hasPrefix("close") || action.hasPrefix("finish"), "\(action)") }
            #expect(told.count { $0.hasPrefix("finish") } <= 1)
        }
        #expect(endings > 1000)
    }
}
