import EthPrimitives
import OraclePokes

/// How stale the prices are that one strategy leaves behind.
///
/// The yardstick is a perfect hourly poker, which pokes in the very second in which a slot begins: at the start of a slot it promotes what
/// it took from the source at the start of the one before. An oracle is stale at a time t by t less the time from which on a source value
/// newer than its `cur` was promoted there; one that holds the same value, or a newer one, is fresh.
struct StalenessMeter: Sendable {
    private struct Oracle: Sendable {
        /// Counts the values that the source had.
        var sourceVersion = 0
        var source: UInt256
        var current: Held
        var next: Held
        /// What the perfect poker took at the last boundary, and what it has promoted.
        var taken: Held
        var promoted: [(since: UInt64, held: Held)]
        var staleSince: UInt64?
    }

    private struct Held: Sendable {
        var version: Int
        var value: UInt256
    }

    private var oracles: [Oracle]
    private var time: UInt64
    private let start: UInt64
    /// Twice the seconds of staleness, over all oracles and moments.
    private var twiceArea: Int128 = 0
    private var worstNow: UInt64 = 0
    private(set) var worstOfSlots: [UInt64] = []

    /// - Parameters:
    ///   - facts: before the first slot: what they hold counts as fresh.
    ///   - start: of the first slot that counts, unix seconds.
    init(_ facts: PokeFacts, from start: UInt64) {
        self.start = start
        time = start
        oracles = facts.oracles.map { oracle in
            let source = oracle.sourceReading.value ?? oracle.next.value
            let next = Held(version: oracle.next.value == source ? 0 : -1, value: oracle.next.value)
            let current = Held(
                version: oracle.current.value == next.value ? next.version : next.version - 1, value: oracle.current.value)
            return Oracle(
                source: source, current: current, next: next, taken: next, promoted: [(since: 0, held: current)])
        }
    }

    /// A source has a new value.
    mutating func source(_ index: Int, _ value: UInt256?) {
        guard let value, value != oracles[index].source else { return }
        oracles[index].source = value
        oracles[index].sourceVersion += 1
    }

    /// A slot begins: the perfect poker pokes.
    mutating func begin(slot start: UInt64) {
        if start > self.start { close(at: start) } else { time = start }
        for index in oracles.indices {
            let taken = oracles[index].taken
            if let last = oracles[index].promoted.last, last.held.version != taken.version {
                oracles[index].promoted.append((since: start, held: taken))
            }
            oracles[index].taken = Held(version: oracles[index].sourceVersion, value: oracles[index].source)
            judge(index)
        }
    }

    /// The slot ends: its worst is kept.
    private mutating func close(at end: UInt64) {
        pass(to: end)
        worstOfSlots.append(worstNow)
        worstNow = 0
    }

    /// The last slot ends.
    mutating func finish(at end: UInt64) { close(at: end) }

    /// An oracle's state after a poke at a time.
    mutating func poked(_ index: Int, _ after: OracleFacts, at time: UInt64) {
        pass(to: time)
        let oracle = oracles[index]
        oracles[index].current = Held(version: oracle.next.version, value: after.current.value)
        oracles[index].next = Held(
            version: after.next.value == oracle.source ? oracle.sourceVersion : oracle.next.version, value: after.next.value)
        judge(index)
    }

    /// Since when it is stale, if it is.
    private mutating func judge(_ index: Int) {
        let oracle = oracles[index]
        guard let promoted = oracle.promoted.last?.held, promoted.version > oracle.current.version,
            promoted.value != oracle.current.value
        else { return oracles[index].staleSince = nil }
        oracles[index].staleSince = oracle.promoted.first { $0.held.version > oracle.current.version }?.since
    }

    /// Time passes; nothing changes meanwhile.
    private mutating func pass(to now: UInt64) {
        guard now > time else { return }
        for oracle in oracles {
            guard let since = oracle.staleSince, since < now else { continue }
            let (from, to) = (Int128(max(time, since) - since), Int128(now - since))
            twiceArea += to * to - from * from
            worstNow = max(worstNow, now - since)
        }
        time = now
    }

    var summary: StalenessSummary {
        let span = Int128(time - start) * Int128(max(1, oracles.count))
        return StalenessSummary(
            maximum: worstOfSlots.max() ?? 0, meanMilliseconds: span > 0 ? UInt64(clamping: twiceArea * 500 / span) : 0,
            worstOfSlots: worstOfSlots)
    }
}
