public import EthPrimitives
public import EthRPC
import Synchronization

/// JSON-RPC over one WebSocket: requests side by side, told apart by their ids, and subscriptions.
///
/// The connection is opened when somebody needs it and opened again when it is lost: for subscribers after a growing wait, for others
/// with their next request. Requests under way when it is lost fail with `connectionLost`; none is sent twice.
public final class WebSocketTransport: Transport, Subscribing {
    /// What the transport may take, and what it does about silence.
    public struct Limits: Sendable {
        /// For opening a connection, and for the answer to a request.
        public var timeout: Duration = .seconds(10)
        /// Longer messages end the connection.
        public var maximumBytes = 64 << 20
        /// A node that has been silent for so long is pinged. Heads come every 12 seconds.
        public var pingInterval: Duration = .seconds(15)
        /// A node that stays silent for so long after a ping is gone.
        public var pongTimeout: Duration = .seconds(10)
        /// Between attempts to get a connection back.
        public var backoff = Backoff()
        /// How many events a subscriber may be behind before its stream ends with an error.
        public var backlog = 4096
        /// Where the time comes from.
        public var clock = RPCClock.continuous

        /// The defaults: 10 seconds, 64 MiB, a ping after 15 seconds, 4,096 events.
        public init() {}
    }

    private enum Socket { case opening(Task<Void, Never>), open(WebSocketConnection) }

    private struct State {
        var machine: WebSocketStateMachine
        var sockets: [UInt64: Socket] = [:]
        var senders: [UInt64: CheckedContinuation<[RPCResponse], any Error>] = [:]
        var readers: [UInt64: AsyncThrowingStream<SubscriptionEvent, any Error>.Continuation] = [:]
        var lastNumber: UInt64 = 0
        /// Operations that were cancelled before they began.
        var cancelled: Set<UInt64> = []
        var timer: (at: Duration, task: Task<Void, Never>)?

        mutating func nextNumber() -> UInt64 {
            lastNumber += 1
            return lastNumber
        }
    }

    private let source: EndpointSource
    /// The endpoint that the last connection was opened to.
    private let opened: Mutex<Endpoint>
    private let limits: Limits
    private let state: Mutex<State>

    /// The endpoint's name for people.
    public var label: String { source.label }

    /// Opens nothing yet.
    /// - Parameter random: where the jitter of waits comes from.
    /// - Throws: `badEndpoint` for URLs that are not ws or wss.
    public convenience init(
        _ endpoint: Endpoint, limits: Limits = Limits(),
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) throws(RPCError) {
        try self.init(EndpointSource(endpoint), limits: limits, random: random)
    }

    /// Opens nothing yet.
    /// - Parameters:
    ///   - source: asked before a connection is opened.
    ///   - random: where the jitter of waits comes from.
    /// - Throws: `badEndpoint` for URLs that are not ws or wss.
    public init(
        _ source: EndpointSource, limits: Limits = Limits(),
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) throws(RPCError) {
        let endpoint = source.now().endpoint
        _ = try endpoint.parts(EndpointURL.Scheme.webSockets)
        self.source = source
        opened = Mutex(endpoint)
        self.limits = limits
        let settings = WebSocketStateMachine.Settings(
            timeout: limits.timeout, pingInterval: limits.pingInterval, pongTimeout: limits.pongTimeout, backoff: limits.backoff)
        state = Mutex(State(machine: WebSocketStateMachine(settings, random: random)))
    }

    /// - Throws: `badEndpoint` for URLs that are not ws or wss.
    public convenience init(label: String, url: SecretText, limits: Limits = Limits()) throws(RPCError) {
        try self.init(try Endpoint(label: label, url: url, EndpointURL.Scheme.webSockets), limits: limits)
    }

    deinit { close() }

    /// What texts are cleaned by: it also knows the secrets of the endpoints before it.
    private var endpoint: Endpoint { opened.withLock { $0 } }

    /// Ends the connection, all requests under way and all streams.
    public func close() {
        state.withLock { state in
            handle(.shutDown, &state)
            state.timer?.task.cancel()
            state.timer = nil
        }
    }

    /// - Throws: `RPCError`; its `mayHaveBeenProcessed` tells whether the node can have acted on the requests.
    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        guard !batch.isEmpty else { return [] }
        let number = state.withLock { $0.nextNumber() }
        do {
            let responses = try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { begin(number, batch, $0) }
            } onCancel: {
                cancel(number)
            }
            return try endpoint.redacted(responses)
        } catch let error as RPCError {
            throw endpoint.named(error, batch)
        }
    }

    private func begin(_ number: UInt64, _ batch: [RPCRequest], _ sender: CheckedContinuation<[RPCResponse], any Error>) {
        state.withLock { state in
            if state.cancelled.remove(number) != nil { return sender.resume(throwing: CancellationError()) }
            state.senders[number] = sender
            handle(.send(number, batch), &state)
        }
    }

    private func cancel(_ number: UInt64) {
        state.withLock { state in
            // It has not begun, or is over: then nobody asks for the number again.
            guard let sender = state.senders.removeValue(forKey: number) else {
                state.cancelled.insert(number)
                return
            }
            handle(.cancel(number), &state)
            sender.resume(throwing: CancellationError())
        }
    }

    public func subscribe(to topic: SubscriptionTopic) -> AsyncThrowingStream<SubscriptionEvent, any Error> {
        let (stream, reader) = AsyncThrowingStream.makeStream(
            of: SubscriptionEvent.self, bufferingPolicy: .bufferingOldest(limits.backlog))
        let number = state.withLock { state in
            let number = state.nextNumber()
            state.readers[number] = reader
            return number
        }
        reader.onTermination = { [weak self] _ in self?.unsubscribe(number) }
        handle(.subscribe(number, topic))
        return stream
    }

    /// Also called where the transport itself has ended the stream: then there is no reader any more.
    private func unsubscribe(_ number: UInt64) {
        // Off the caller's stack: ending a stream runs this, and may hold the lock.
        Task { [weak self] in
            self?.state.withLock { state in
                guard let self, state.readers.removeValue(forKey: number) != nil else { return }
                self.handle(.unsubscribe(number), &state)
            }
        }
    }

    private func handle(_ event: WebSocketStateMachine.Event) { state.withLock { handle(event, &$0) } }

    /// Everything happens under the lock, so that what the machine decides first is done first. Nothing that is done here calls back.
    private func handle(_ event: WebSocketStateMachine.Event, _ state: inout State) {
        for action in state.machine.handle(event, at: limits.clock.now) { perform(action, &state) }
        setTimer(&state)
    }

    private func perform(_ action: WebSocketStateMachine.Action, _ state: inout State) {
        switch action {
        case .open(let socket): state.sockets[socket] = .opening(Task { [weak self] in await self?.open(socket) })
        case .transmit(let socket, let bytes): if case .open(let connection)? = state.sockets[socket] { connection.send(bytes) }
        case .ping(let socket): if case .open(let connection)? = state.sockets[socket] { connection.ping() }
        case .close(let socket):
            switch state.sockets.removeValue(forKey: socket) {
            case .opening(let task)?: task.cancel()
            case .open(let connection)?: connection.close()
            case nil: break
            }
        case .finish(let number, let result): state.senders.removeValue(forKey: number)?.resume(with: result.mapError { $0 })
        case .deliver(let number, let event): deliver(event, to: number, &state)
        case .end(let number, let error):
            state.readers.removeValue(forKey: number)?.finish(throwing: error.map { endpoint.named($0, []) })
        }
    }

    private func deliver(_ event: SubscriptionEvent, to number: UInt64, _ state: inout State) {
        var event = event
        if case .interrupted(let error) = event { event = .interrupted(endpoint.named(error, [])) }
        guard let reader = state.readers[number], case .dropped = reader.yield(event) else { return }
        state.readers[number] = nil
        reader.finish(
            throwing: RPCError(.tooLarge, "the subscriber is more than \(limits.backlog) events behind", endpoint: endpoint.label)
        )
        for action in state.machine.handle(.unsubscribe(number), at: limits.clock.now) { perform(action, &state) }
    }

    private func open(_ socket: UInt64) async {
        do {
            let endpoint = source.now(.doubt).endpoint
            opened.withLock { $0 = endpoint }
            let connection = try await WebSocketConnection.open(endpoint, maximumBytes: limits.maximumBytes) {
                [weak self] event in
                self?.take(event, from: socket)
            }
            let isWanted = state.withLock { state in
                guard state.sockets[socket] != nil else { return false }
                state.sockets[socket] = .open(connection)
                handle(.opened(socket: socket), &state)
                return true
            }
            if !isWanted { connection.close() }
        } catch {
            let error = error as? RPCError ?? RPCError(.unreachable, "no connection")
            take(.ended(error), from: socket)
        }
    }

    private func take(_ event: WebSocketFrames.Event, from socket: UInt64) {
        state.withLock { state in
            switch event {
            case .text(let bytes): handle(.text(socket: socket, bytes), &state)
            case .binary: handle(.binary(socket: socket), &state)
            case .sign: handle(.sign(socket: socket), &state)
            case .ended(let error):
                state.sockets[socket] = nil
                handle(.ended(socket: socket, error), &state)
            }
        }
    }

    /// One timer for all that the machine waits for; one that rings too early does no harm.
    private func setTimer(_ state: inout State) {
        guard let wake = state.machine.wake else { return }
        if let timer = state.timer {
            guard wake < timer.at else { return }
            timer.task.cancel()
        }
        let clock = limits.clock
        state.timer = (
            wake,
            Task { [weak self] in
                // Cancelled when an earlier one takes its place.
                guard (try? await clock.sleep(until: wake)) != nil else { return }
                self?.ring(wake)
            }
        )
    }

    private func ring(_ wake: Duration) {
        state.withLock { state in
            if state.timer?.at == wake { state.timer = nil }
            handle(.time, &state)
        }
    }
}
