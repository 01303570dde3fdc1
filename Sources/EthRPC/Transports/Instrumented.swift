import Synchronization

/// Passes everything on and counts it.
public struct Instrumented: Transport {
    private let base: any Transport
    private let endpoint: String
    private let meter: RPCMeter
    private let clock: RPCClock

    /// - Parameter endpoint: the node's name for people.
    public init(_ base: any Transport, endpoint: String, meter: RPCMeter, clock: RPCClock = .continuous) {
        self.base = base
        self.endpoint = endpoint
        self.meter = meter
        self.clock = clock
    }

    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let start = clock.now
        do {
            let responses = try await base.send(batch)
            meter.add(batch, responses, at: endpoint, in: clock.now - start)
            return responses
        } catch {
            meter.add(batch, nil, at: endpoint, in: clock.now - start)
            throw error
        }
    }
}

/// What all transports of a process count together.
public final class RPCMeter: Sendable {
    private let state = Mutex(RPCMetrics())

    public init() {}

    public var metrics: RPCMetrics { state.withLock { $0 } }

    func add(_ batch: [RPCRequest], _ responses: [RPCResponse]?, at endpoint: String, in elapsed: Duration) {
        state.withLock { $0.add(batch, responses, at: endpoint, in: elapsed) }
    }
}
