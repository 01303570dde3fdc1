public import EthPrimitives

extension EndpointPool {
    /// What a request asks of the node that gets it.
    public enum Need: Sendable, Hashable {
        /// Any node will do.
        case any
        /// The newest state: a node at the best head, if there is one.
        case newest
        /// The state of a block, which a node that lags may not have.
        case block(number: UInt64, hash: BlockHash)
    }

    /// What to do with a request.
    public enum Start: Sendable, Hashable {
        /// Send it: the node's rate limit is charged and it counts as in flight until the pool learns how it ended.
        case go(Index)
        /// Ask again at this moment: nobody is free before.
        case wait(Duration)
        /// Nobody is free before the deadline.
        case tooLate
        /// There is no node left to ask.
        case nobody
    }

    /// Chooses a node and charges it: first those that are free, the healthy ones at the best head before the others, otherwise in
    /// the order of the configuration; where none is free, the one that is free first.
    /// - Parameters:
    ///   - cost: compute units.
    ///   - excluded: nodes that were asked already.
    public mutating func begin(
        _ cost: UInt64, _ need: Need = .any, besides excluded: Set<Index> = [], at now: Duration, until deadline: Duration
    ) -> Start {
        begin(cost, need, among: members.filter { !excluded.contains($0) }, at: now, until: deadline)
    }

    /// Charges one certain node.
    public mutating func begin(_ cost: UInt64, at index: Index, at now: Duration, until deadline: Duration) -> Start {
        begin(cost, .any, among: members.filter { $0 == index }, at: now, until: deadline)
    }

    private mutating func begin(
        _ cost: UInt64, _ need: Need, among candidates: [Index], at now: Duration, until deadline: Duration
    ) -> Start {
        guard !candidates.isEmpty else { return .nobody }
        let inTime = candidates.filter { endpoints[$0].free(for: cost, at: now) <= deadline }
        let ranked = inTime.map { (index: $0, rank: rank($0, cost, need, at: now)) }
        guard let chosen = ranked.min(by: { $0.rank < $1.rank })?.index else { return .tooLate }
        let free = endpoints[chosen].free(for: cost, at: now)
        guard free <= now else { return .wait(free) }
        endpoints[chosen].started(cost, at: now)
        return .go(chosen)
    }

    /// The node that reads of a block should go to; nobody is charged. `nil` if there is none left.
    public func preferred(_ need: Need, besides excluded: Set<Index> = [], at now: Duration) -> Index? {
        let candidates = members.filter { !excluded.contains($0) }.map { (index: $0, rank: rank($0, 0, need, at: now)) }
        return candidates.min { $0.rank < $1.rank }?.index
    }

    /// Smaller is better: free of pauses first, then the head, then failures, then the configuration.
    private func rank(_ index: Index, _ cost: UInt64, _ need: Need, at now: Duration) -> (Duration, Int, Int, Index) {
        let endpoint = endpoints[index]
        // A pause that is not over counts until it is; what is free counts from now on.
        let free = max(endpoint.free(for: cost, at: now), endpoint.coolUntil)
        return (free, headRank(endpoint, need, at: now), endpoint.failuresInARow == 0 ? 0 : 1, index)
    }

    /// 0: has it; 1: had it all when it was asked last, some time ago, or was not asked; 2: is behind, or on another branch.
    private func headRank(_ endpoint: EndpointState, _ need: Need, at now: Duration) -> Int {
        guard let head = endpoint.head else { return need == .any ? 0 : 1 }
        switch need {
        case .any: return 0
        case .newest:
            if head.number >= bestHead(at: now) ?? 0 { return 0 }
            return endpoint.lag == 0 ? 1 : 2
        case .block(let number, let hash):
            if head.hash == hash || head.number > number { return 0 }
            if head.number == number { return 2 }
            return endpoint.lag == 0 ? 1 : 2
        }
    }
}
