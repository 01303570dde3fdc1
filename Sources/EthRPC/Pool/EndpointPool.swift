public import EthPrimitives

/// Several nodes as one value: which of them to ask, and what their answers and failures teach. It does nothing itself: `NodePool`
/// asks it, acts, and tells it what came of that. All times are durations since the pool's making.
///
/// What holds after any events:
/// * a node on another chain is never chosen, not even as the last one;
/// * as long as any other node is left, one is chosen: where all are passed over, the one whose pause ends first;
/// * nothing is sent to a node before its backoff, its `Retry-After` and its rate limit allow it.
public struct EndpointPool: Sendable {
    /// A node's place in the configuration.
    public typealias Index = Int

    public let settings: PoolSettings
    /// The chain that all nodes must be on; `nil` if any will do.
    public let chainID: ChainID?
    var endpoints: [EndpointState]

    /// - Parameter endpoints: labels and rate limits, the preferred first.
    public init(
        _ endpoints: [(label: String, computeUnitsPerSecond: UInt64?)], chainID: ChainID?, settings: PoolSettings = PoolSettings()
    ) {
        self.settings = settings
        self.chainID = chainID
        self.endpoints = endpoints.map { EndpointState(label: $0.label, computeUnitsPerSecond: $0.computeUnitsPerSecond) }
    }

    /// How a request ended that a node gave no usable answer to.
    public struct Failure: Sendable {
        public var reason: String
        /// `Retry-After`, where it came with the refusal.
        public var retryAfter: Duration?

        public init(_ reason: String, retryAfter: Duration? = nil) {
            self.reason = reason
            self.retryAfter = retryAfter
        }
    }

    /// The node answered, with a result or with an error of the request's own.
    public mutating func answered(_ index: Index, in latency: Duration, at now: Duration) -> [PoolNotice] {
        endpoints[index].answered(in: latency, at: now).map { [$0] } ?? []
    }

    /// - Parameter random: 64 random bits for the jitter of the backoff.
    public mutating func failed(_ index: Index, _ failure: Failure, at now: Duration, random: UInt64) -> [PoolNotice] {
        let notice = endpoints[index].failed(
            failure.reason, retryAfter: failure.retryAfter, at: now, random: random, settings)
        return notice.map { [$0] } ?? []
    }

    /// The request was given up before it ended.
    public mutating func cancelled(_ index: Index) { endpoints[index].cancelled() }

    /// The node answered, but not so that one could work with it.
    public mutating func discredited(_ index: Index, _ reason: String, at now: Duration) -> [PoolNotice] {
        endpoints[index].discredited(reason, at: now, settings).map { [$0] } ?? []
    }

    /// Whether the node's chain must be asked before its answers count.
    public func mustIdentify(_ index: Index) -> Bool { chainID != nil && endpoints[index].trust == .unchecked }

    /// The same of a node that may have gone to another place.
    public mutating func mustIdentify(_ index: Index, at place: UInt64) -> Bool {
        endpoints[index].isAt(place)
        return mustIdentify(index)
    }

    /// The node named its chain.
    public mutating func identified(_ index: Index, as id: ChainID) -> [PoolNotice] {
        guard let chainID else { return [] }
        return endpoints[index].identified(id, as: chainID).map { [$0] } ?? []
    }

    /// The chain of a node that is never asked again.
    public func evicted(_ index: Index) -> ChainID? {
        if case .evicted(let id) = endpoints[index].trust { id } else { nil }
    }

    /// The nodes that may be asked, in the order of the configuration.
    public var members: [Index] { endpoints.indices.filter { !endpoints[$0].isEvicted } }
}
