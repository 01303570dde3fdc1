import EthCodec
import EthRPC

/// Everything that a WebSocket transport decides, as a value: events in, actions out. It knows no socket, no clock and no task.
///
/// Nothing is ever sent twice: what was under way when a connection is lost fails. Subscriptions are made anew on the next one.
struct WebSocketStateMachine: Sendable {
    struct Settings: Sendable {
        /// For opening a connection, and for the answer to a request.
        var timeout: Duration
        /// After so long a silence the node is pinged.
        var pingInterval: Duration
        /// A node that is silent for so long after a ping is gone.
        var pongTimeout: Duration
        var backoff: Backoff
    }

    enum Event: Sendable {
        case send(UInt64, [RPCRequest])
        case cancel(UInt64)
        case subscribe(UInt64, SubscriptionTopic)
        case unsubscribe(UInt64)
        case opened(socket: UInt64)
        case ended(socket: UInt64, RPCError)
        case text(socket: UInt64, [UInt8])
        case binary(socket: UInt64)
        /// A ping or a pong: the node is there.
        case sign(socket: UInt64)
        /// The time that was asked for has come.
        case time
        case shutDown
    }

    enum Action: Sendable {
        case open(socket: UInt64)
        case transmit(socket: UInt64, [UInt8])
        case ping(socket: UInt64)
        case close(socket: UInt64)
        case finish(UInt64, Result<[RPCResponse], RPCError>)
        case deliver(UInt64, SubscriptionEvent)
        case end(UInt64, RPCError?)
    }

    enum Phase: Sendable {
        /// Nobody needs a connection, or nobody has yet. To: opening, waiting.
        case idle
        /// To: open, idle, waiting.
        case opening(socket: UInt64, until: Duration)
        /// To: idle, waiting.
        case open(socket: UInt64, heard: Duration, pinged: Duration?)
        /// Subscribers want a connection that could not be had. To: opening.
        case waiting(until: Duration, why: RPCError)
        /// The end.
        case shutDown
    }

    let settings: Settings
    private(set) var phase = Phase.idle
    private(set) var exchanges = WebSocketExchanges()
    private(set) var subscriptions = WebSocketSubscriptions()
    private var random: any RandomNumberGenerator & Sendable
    private var now = Duration.zero
    private var actions: [Action] = []
    private var lastSocket: UInt64 = 0
    /// Failures since the last good answer.
    private var failures = 0
    /// The next attempt to get a connection back, and why one is needed: subscribers that come meanwhile wait for it too.
    private var resumption: (at: Duration, why: RPCError)?
    /// What waits for the connection to open.
    private var unsent: [(exchange: UInt64, bytes: [UInt8])] = []

    /// A node that owes more answers than this is not worth listening to.
    private static let mostOwed = 4096

    init(_ settings: Settings, random: any RandomNumberGenerator & Sendable) {
        self.settings = settings
        self.random = random
    }

    /// When `time` is wanted next.
    var wake: Duration? {
        let own: Duration? =
            switch phase {
            case .idle, .shutDown: nil
            case .opening(_, let until), .waiting(let until, _): until
            case .open(_, let heard, let pinged): pinged.map { $0 + settings.pongTimeout } ?? (heard + settings.pingInterval)
            }
        guard let own, let deadline = exchanges.nextDeadline else { return own ?? exchanges.nextDeadline }
        return min(own, deadline)
    }

    /// Takes an event.
    /// - Returns: what is to be done, in this order.
    mutating func handle(_ event: Event, at now: Duration) -> [Action] {
        self.now = now
        actions = []
        switch event {
        case .send(let number, let batch): send(number, batch)
        case .cancel(let number): abandon(.operation(number))
        case .subscribe(let number, let topic): subscribe(number, topic)
        case .unsubscribe(let number): unsubscribe(number)
        case .opened(let socket): opened(socket)
        case .ended(let socket, let error): if isCurrent(socket) { lose(error) }
        case .text(let socket, let bytes): if hear(socket) { receive(bytes) }
        case .binary(let socket): if hear(socket) { violate(RPCError(.protocolViolation, "expected text, got a binary message")) }
        case .sign(let socket): _ = hear(socket)
        case .time: pass()
        case .shutDown: shutDown()
        }
        return actions
    }

    private mutating func send(_ number: UInt64, _ batch: [RPCRequest]) {
        switch phase {
        case .shutDown: actions.append(.finish(number, .failure(RPCError(.unreachable, "the transport is closed"))))
        case .waiting(_, let why):
            actions.append(
                .finish(number, .failure(RPCError(.unreachable, "no connection, the next attempt is due: \(why.message)"))))
        case .idle, .opening, .open: begin(batch, for: .operation(number))
        }
    }

    /// Sends requests, or keeps them until there is a connection.
    private mutating func begin(_ batch: [RPCRequest], for owner: WebSocketExchanges.Owner) {
        let (exchange, bytes) = exchanges.begin(batch, for: owner, deadline: now + settings.timeout)
        if case .open(let socket, _, _) = phase {
            actions.append(.transmit(socket: socket, bytes))
        } else {
            unsent.append((exchange, bytes))
            if case .idle = phase { open() }
        }
    }

    private mutating func abandon(_ owner: WebSocketExchanges.Owner) {
        exchanges.abandon(owner)
        if exchanges.owed > Self.mostOwed {
            violate(RPCError(.connectionLost, "the node owes more than \(Self.mostOwed) answers"))
        }
    }

    private mutating func subscribe(_ number: UInt64, _ topic: SubscriptionTopic) {
        if case .shutDown = phase { return actions.append(.end(number, RPCError(.unreachable, "the transport is closed"))) }
        subscriptions.add(number, topic)
        switch phase {
        case .idle:
            if let resumption, resumption.at > now {
                phase = .waiting(until: resumption.at, why: resumption.why)
            } else {
                open()
            }
        case .open: requestSubscription(number)
        case .opening, .waiting, .shutDown: break
        }
    }

    private mutating func requestSubscription(_ number: UInt64) {
        guard let request = subscriptions.request(for: number) else { return }
        begin([request], for: .subscriber(number))
    }

    private mutating func unsubscribe(_ number: UInt64) {
        if let id = subscriptions.remove(number), case .open = phase { endSubscription(id) }
        // Nobody waits for a connection any more.
        if case .waiting = phase, subscriptions.isEmpty { phase = .idle }
    }

    private mutating func endSubscription(_ id: String) {
        begin([RPCRequest(method: "eth_unsubscribe", params: [.string(id)])], for: .nobody)
    }

    // MARK: The connection

    private mutating func open() {
        lastSocket += 1
        phase = .opening(socket: lastSocket, until: now + settings.timeout)
        actions.append(.open(socket: lastSocket))
    }

    private mutating func opened(_ socket: UInt64) {
        guard case .opening(socket, _) = phase else { return actions.append(.close(socket: socket)) }
        phase = .open(socket: socket, heard: now, pinged: nil)
        exchanges.forgetAbandoned()
        let waiting = unsent
        unsent = []
        for (exchange, bytes) in waiting where exchanges.isPending(exchange) { actions.append(.transmit(socket: socket, bytes)) }
        for number in subscriptions.numbers { requestSubscription(number) }
    }

    private func isCurrent(_ socket: UInt64) -> Bool {
        switch phase {
        case .opening(socket, _), .open(socket, _, _): true
        default: false
        }
    }

    /// The connection is gone, or never came to be: what was under way fails, and subscribers get a new one.
    private mutating func lose(_ error: RPCError) {
        phase = .idle
        unsent = []
        for owner in exchanges.end() {
            if case .operation(let number) = owner { actions.append(.finish(number, .failure(error))) }
        }
        for number in subscriptions.interrupt() { actions.append(.deliver(number, .interrupted(error))) }
        guard !subscriptions.isEmpty else { return }
        var delay = settings.backoff.delay(after: failures, using: &random)
        if let retryAfter = error.retryAfter { delay = max(delay, retryAfter) }
        failures += 1
        resumption = (now + delay, error)
        phase = .waiting(until: now + delay, why: error)
    }

    /// Ends a connection on which nothing can be believed.
    private mutating func violate(_ error: RPCError) {
        switch phase {
        case .opening(let socket, _), .open(let socket, _, _): actions.append(.close(socket: socket))
        case .idle, .waiting, .shutDown: return
        }
        lose(error)
    }

    private mutating func shutDown() {
        violate(RPCError(.connectionLost, "the transport was closed"))
        for number in subscriptions.numbers { actions.append(.end(number, nil)) }
        subscriptions.removeAll()
        phase = .shutDown
    }

    // MARK: Time

    private mutating func pass() {
        for owner in exchanges.expire(at: now) {
            switch owner {
            case .operation(let number):
                actions.append(.finish(number, .failure(RPCError(.timeout, "no complete answer within \(settings.timeout)"))))
            case .subscriber: violate(RPCError(.timeout, "eth_subscribe was not answered within \(settings.timeout)"))
            case .nobody: break
            }
        }
        switch phase {
        case .opening(_, let until) where until <= now:
            violate(RPCError(.unreachable, "no connection within \(settings.timeout)"))
        case .waiting(let until, _) where until <= now: open()
        case .open(_, _, let pinged?) where pinged + settings.pongTimeout <= now:
            violate(RPCError(.connectionLost, "the node was silent for \(settings.pongTimeout) after a ping"))
        case .open(let socket, let heard, nil) where heard + settings.pingInterval <= now:
            phase = .open(socket: socket, heard: heard, pinged: now)
            actions.append(.ping(socket: socket))
        default: break
        }
        if exchanges.owed > Self.mostOwed {
            violate(RPCError(.connectionLost, "the node owes more than \(Self.mostOwed) answers"))
        }
    }

    // MARK: Messages

    /// Takes note that the node is there.
    /// - Returns: whether the socket is the one in use.
    private mutating func hear(_ socket: UInt64) -> Bool {
        guard isCurrent(socket) else { return false }
        if case .open = phase { phase = .open(socket: socket, heard: now, pinged: nil) }
        return true
    }

    private mutating func receive(_ bytes: [UInt8]) {
        do throws(RPCError) {
            let message = try WebSocketMessage(bytes)
            for item in message.items { try take(item, isAlone: !message.isArray) }
        } catch {
            violate(error)
        }
    }

    private mutating func take(_ item: WebSocketMessage.Item, isAlone: Bool) throws(RPCError) {
        switch item {
        case .notification(let id, let result):
            if let number = try subscriptions.news(id, result) { actions.append(.deliver(number, .notification(result))) }
        case .refusal(let error):
            try settle(exchanges.refuse(error), .failure(error))
        case .response(let response):
            guard let (owner, result) = try exchanges.answer(response, isAlone: isAlone) else { return }
            failures = 0
            try settle(owner, result)
        }
    }

    private mutating func settle(
        _ owner: WebSocketExchanges.Owner, _ result: Result<[RPCResponse], RPCError>
    ) throws(RPCError) {
        switch owner {
        case .nobody: break
        case .operation(let number): actions.append(.finish(number, result))
        case .subscriber(let number):
            let id: String
            do throws(RPCError) {
                let json = try result.get().first?.result()
                guard let text = json?.string else {
                    throw RPCError(.malformedResult, "expected the id of a subscription, got \(json?.kind ?? "nothing")")
                }
                id = text
            } catch {
                subscriptions.refused()
                if subscriptions.contains(number) {
                    _ = subscriptions.remove(number)
                    actions.append(.end(number, error))
                }
                return
            }
            guard let news = try subscriptions.confirm(number, id: id) else { return endSubscription(id) }
            actions.append(.deliver(number, .live))
            for result in news { actions.append(.deliver(number, .notification(result))) }
        }
    }
}
