import EthRPC
import KeeperCore

/// When to ask for the next head: at once when one is expected, not while none can be there, and seldom when nothing is near.
struct PollSchedule: Sendable {
    var clock: TimeSource
    var slots: SlotTiming?
    /// Milliseconds between polls when a head is expected.
    var pollMilliseconds: UInt64
    /// Seconds between polls when nothing is near.
    var idleInterval: UInt64

    /// Milliseconds into a slot before which no node has its block: it must be built, and reach them.
    private static let earliest: UInt64 = 1000
    /// Milliseconds into a slot at which nodes mostly have its block: shortly before attestations are due.
    private static let usual: UInt64 = 3500
    /// Milliseconds into a slot after which its block is hardly to be expected: attestations were due at 4,000.
    private static let latest: UInt64 = 6000

    /// Milliseconds until the next poll.
    /// - Parameters:
    ///   - head: the newest one known.
    ///   - wake: unix seconds of the earliest block worth observing.
    ///   - now: unix time, milliseconds.
    func wait(after head: BlockHeader, wake: UInt64, now: UInt64) -> UInt64 {
        guard clock == .wall else { return pollMilliseconds }
        let rest = max(wake, now / 1000) - now / 1000
        let plain = max(pollMilliseconds, min(rest, idleInterval) * 1000)
        guard let slots else { return plain }
        if wake > head.timestamp + slots.length, wake > now / 1000 {
            // No head before the wake is of interest, and the one after it is not urgent.
            let first = slots.start(of: wake - 1) + slots.length
            return max(pollMilliseconds, min(first * 1000 + Self.usual - now, idleInterval * 1000))
        }
        let moment = now + plain
        let start = slots.start(of: moment / 1000)
        let into = moment - start * 1000
        let next = (start + slots.length) * 1000 + Self.earliest
        // A head stamped far ahead of time must not put us to sleep.
        if head.timestamp >= start, head.timestamp < start + slots.length { return next - now }
        if into < Self.earliest { return start * 1000 + Self.earliest - now }
        // Asked in this slot already, to no avail: it was missed.
        if into > Self.latest, slots.start(of: now / 1000) == start { return next - now }
        return plain
    }

    /// Whether the next head should be there: then every node is asked, for the preferred one may be stuck.
    func isLate(after head: BlockHeader, now: UInt64) -> Bool {
        guard clock == .wall, let slots else { return false }
        return now >= (slots.start(of: head.timestamp) + slots.length) * 1000 + 4 * Self.earliest
    }
}

extension PollSchedule {
    init(_ common: KeeperConfiguration) {
        self.init(
            clock: common.clock, slots: common.slots, pollMilliseconds: common.pollMilliseconds, idleInterval: common.idleInterval
        )
    }
}
