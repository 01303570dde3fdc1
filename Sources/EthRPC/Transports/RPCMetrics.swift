/// How many requests went where, how many failed, and how long they took.
public struct RPCMetrics: Sendable, Hashable {
    /// A method at a node.
    public struct Key: Sendable, Hashable {
        public var endpoint: String
        public var method: String

        public init(endpoint: String, method: String) {
            self.endpoint = endpoint
            self.method = method
        }
    }

    /// Counts of one method at one node.
    public struct Count: Sendable, Hashable {
        public var requests: UInt64 = 0
        /// Requests without a usable answer, and those that the node answered with an error.
        public var errors: UInt64 = 0

        public init(requests: UInt64 = 0, errors: UInt64 = 0) {
            self.requests = requests
            self.errors = errors
        }
    }

    /// What went over the wire to one node: a batch is one exchange, however many requests it holds.
    public struct Wire: Sendable, Hashable {
        public var exchanges: UInt64 = 0
        public var failures: UInt64 = 0
        /// Time spent in all exchanges together.
        public var total: Duration = .zero
        public var longest: Duration = .zero
    }

    public private(set) var counts: [Key: Count] = [:]
    public private(set) var wires: [String: Wire] = [:]

    public init() {}

    /// - Parameter responses: `nil` if the exchange failed as a whole.
    public mutating func add(
        _ batch: [RPCRequest], _ responses: [RPCResponse]?, at endpoint: String, in elapsed: Duration
    ) {
        var wire = wires[endpoint, default: Wire()]
        wire.exchanges += 1
        wire.failures += responses == nil ? 1 : 0
        wire.total += elapsed
        wire.longest = max(wire.longest, elapsed)
        wires[endpoint] = wire
        for (index, request) in batch.enumerated() {
            var failed = responses == nil
            if let responses, index < responses.count, case .failure = responses[index].outcome { failed = true }
            counts[Key(endpoint: endpoint, method: request.method), default: Count()].requests += 1
            if failed { counts[Key(endpoint: endpoint, method: request.method), default: Count()].errors += 1 }
        }
    }

    /// Calls over the wire, to all nodes: what a rate of calls is counted in.
    public var exchanges: UInt64 { wires.values.reduce(0) { $0 + $1.exchanges } }
    /// Single requests, those inside batches too.
    public var requests: UInt64 { counts.values.reduce(0) { $0 + $1.requests } }
    public var errors: UInt64 { counts.values.reduce(0) { $0 + $1.errors } }

    /// Requests of a method at all nodes.
    public func requests(of method: String) -> UInt64 {
        counts.reduce(0) { $0 + ($1.key.method == method ? $1.value.requests : 0) }
    }
}
