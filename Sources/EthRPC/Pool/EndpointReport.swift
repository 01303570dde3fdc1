public import EthPrimitives

/// How a node fares, for people and for metrics.
public struct EndpointReport: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        case ready
        /// Not asked until then: backoff, or it wanted fewer requests.
        case pausing(until: Duration)
        /// Asked only if all others are worse, until then.
        case cooling(until: Duration)
        case evicted(ChainID)
    }

    public var label: String
    public var state: State
    public var head: HeadSighting?
    /// Blocks behind the best head, when its head was seen last.
    public var lag: UInt64
    public var finalized: UInt64?
    /// How often its head went back.
    public var setbacks: Int
    public var inFlight: Int
    public var latencyP50: Duration?
    public var latencyP95: Duration?
    /// Of the newest `exchanges`, how many failed.
    public var failures: Int
    public var exchanges: Int
}

extension EndpointPool {
    public func report(at now: Duration) -> [EndpointReport] {
        endpoints.map { endpoint in
            let state: EndpointReport.State =
                if case .evicted(let id) = endpoint.trust {
                    .evicted(id)
                } else if endpoint.coolUntil > now {
                    .cooling(until: endpoint.coolUntil)
                } else if endpoint.notBefore > now {
                    .pausing(until: endpoint.notBefore)
                } else {
                    .ready
                }
            return EndpointReport(
                label: endpoint.label, state: state, head: endpoint.head, lag: endpoint.lag, finalized: endpoint.finalized,
                setbacks: endpoint.setbacks, inFlight: endpoint.inFlight, latencyP50: endpoint.latency.percentile(50),
                latencyP95: endpoint.latency.percentile(95), failures: endpoint.latency.failures,
                exchanges: endpoint.latency.count)
        }
    }
}
