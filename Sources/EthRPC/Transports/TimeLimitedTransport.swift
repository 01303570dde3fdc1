/// Gives one operation its time, whatever it consists of: stands above transports that try again, split or wait, and whose attempts
/// have limits of their own.
public struct TimeLimitedTransport: Transport {
    private let base: any Transport
    private let limit: Duration
    private let clock: RPCClock

    /// - Parameter limit: for the whole operation.
    public init(_ base: any Transport, limit: Duration, clock: RPCClock = .continuous) {
        self.base = base
        self.limit = limit
        self.clock = clock
    }

    /// - Throws: what the transport below throws, or `RPCError` with code `timeout`.
    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        try await clock.limit(limit) { try await base.send(batch) }
    }
}
