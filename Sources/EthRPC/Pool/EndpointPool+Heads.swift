import EthPrimitives

extension EndpointPool {
    /// The highest block that is believed, as far as nodes named one lately. Of three nodes and more, one that is far ahead of all
    /// others stands alone and is not followed: then the second highest counts.
    public func bestHead(at now: Duration) -> UInt64? {
        best(among: members.compactMap { recentHead($0, at: now) })
    }

    private func best(among numbers: [UInt64]) -> UInt64? {
        let sorted = numbers.sorted(by: >)
        guard sorted.count >= 3, sorted[0] - sorted[1] > settings.tolerableLag else { return sorted.first }
        return sorted[1]
    }

    /// What a node said that is silent since long does not count.
    private func recentHead(_ index: Index, at now: Duration) -> UInt64? {
        guard let seen = endpoints[index].headSeenAt, seen + settings.surveyInterval * 2 > now else { return nil }
        return endpoints[index].head?.number
    }

    /// A node showed its newest block.
    public mutating func saw(_ index: Index, _ sighting: HeadSighting, at now: Duration) -> [PoolNotice] {
        let others = members.filter { $0 != index }.compactMap { recentHead($0, at: now) }
        let best = best(among: others + [sighting.number]) ?? sighting.number
        return endpoints[index].saw(sighting, best: best, at: now, settings)
    }

    /// These nodes were asked at the same time: how far each is behind does not depend on who answered first.
    public mutating func surveyed(_ indexes: [Index], at now: Duration) -> [PoolNotice] {
        guard let best = bestHead(at: now) else { return [] }
        return indexes.flatMap { endpoints[$0].compared(with: best, settings) }
    }

    public mutating func sawFinalized(_ index: Index, _ number: UInt64) { endpoints[index].sawFinalized(number) }

    /// Whom to ask for the newest head: everybody if it is late, otherwise the preferred node and those who were not heard of
    /// for a survey interval and are not pausing.
    public func survey(everybody: Bool, at now: Duration) -> [Index] {
        let preferred = preferred(.newest, at: now)
        return members.filter { index in
            let endpoint = endpoints[index]
            if everybody || index == preferred { return true }
            guard endpoint.coolUntil <= now, endpoint.free(for: 0, at: now) <= now else { return false }
            return endpoint.headSeenAt.map { $0 + settings.surveyInterval <= now } ?? true
        }
    }
}
