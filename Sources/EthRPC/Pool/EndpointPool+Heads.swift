import EthPrimitives

extension EndpointPool {
    /// The highest block that is believed. Of three nodes and more, one that is far ahead of all others stands alone and is not
    /// followed: then the second highest counts.
    public var bestHead: UInt64? { Self.best(members.compactMap { endpoints[$0].head?.number }, settings.tolerableLag) }

    private static func best(_ numbers: [UInt64], _ tolerable: UInt64) -> UInt64? {
        let sorted = numbers.sorted(by: >)
        guard sorted.count >= 3, sorted[0] - sorted[1] > tolerable else { return sorted.first }
        return sorted[1]
    }

    /// A node showed its newest block.
    public mutating func saw(_ index: Index, _ sighting: HeadSighting, at now: Duration) -> [PoolNotice] {
        let others = members.filter { $0 != index }.compactMap { endpoints[$0].head?.number }
        let best = Self.best(others + [sighting.number], settings.tolerableLag) ?? sighting.number
        return endpoints[index].saw(sighting, best: best, at: now, settings)
    }

    public mutating func sawFinalized(_ index: Index, _ number: UInt64) { endpoints[index].sawFinalized(number) }

    /// Whom to ask for the newest head: everybody if it is late, otherwise the preferred node and those who were not heard of
    /// for a survey interval.
    public func survey(everybody: Bool, at now: Duration) -> [Index] {
        let preferred = preferred(.newest, at: now)
        return members.filter { index in
            guard !everybody, index != preferred, let seen = endpoints[index].headSeenAt else { return true }
            return seen + settings.surveyInterval <= now
        }
    }

    /// The number that a node's newest block has, as far as is known.
    public func head(of index: Index) -> HeadSighting? { endpoints[index].head }
}
