import EthPrimitives

/// What is remembered of sources where unchanged ones are left alone, so that the time in which governance can react to a price does not
/// shrink.
///
/// An hourly poke puts a price into `nxt` for an hour before it counts. An oracle that is left alone stays due: its source's next value
/// could be put into `nxt` at hh:59 and promoted at (hh+1):00. So an oracle that was left alone in a slot waits for the next one, and `nxt`
/// is promoted only once the source was seen with that value for the oracle's own delay (`hop`).
public struct SourceMemory: Codable, Sendable, Hashable {
    /// A value and since when it was seen, unix seconds.
    struct Sighting: Codable, Sendable, Hashable {
        var value: Reading
        var since: UInt64
    }

    struct Oracle: Codable, Sendable, Hashable {
        /// The last two values of the source, the newer one last.
        var source: [Sighting] = []
        /// What is in `nxt`, and since when the source was seen with it.
        var next: Sighting?
        /// Start of the slot in which it was left alone last, unix seconds.
        var leftAloneIn: UInt64?
    }

    private var oracles: [String: Oracle] = [:]

    /// Nothing was seen yet.
    public init() {}

    /// Takes in what is seen at a head; sources that were not read are left as they were.
    /// - Parameters:
    ///   - time: unix seconds of the head.
    ///   - slot: start of the slot that it lies in, unix seconds.
    public mutating func see(_ facts: [OracleFacts], at time: UInt64, slot: UInt64) {
        for oracle in facts {
            var known = oracles[oracle.name] ?? Oracle()
            if let value = oracle.sourceReading.value {
                let reading = Reading(value: value, isValid: true)
                if known.source.last?.value != reading {
                    known.source = known.source.suffix(1) + [Sighting(value: reading, since: time)]
                }
            }
            if known.next?.value != oracle.next {
                // At first sight nobody knows since when: not before the slot in which it was put there.
                let seen =
                    known.next == nil ? min(oracle.zzz, time) : known.source.last { $0.value == oracle.next }?.since ?? time
                known.next = Sighting(value: oracle.next, since: seen)
            }
            if oracle.isDue(at: time), oracle.isIdle { known.leftAloneIn = slot }
            oracles[oracle.name] = known
        }
    }

    /// Whether an oracle that is due and whose source has a value is to be poked.
    /// - Parameters:
    ///   - slot: the one that the head lies in; its start and length in seconds.
    ///   - inclusion: unix seconds of the next block.
    public func standing(of oracle: OracleFacts, slot: UInt64, length: UInt64, inclusion: UInt64) -> SourceStanding {
        if oracle.isIdle { return .unchanged }
        let known = oracles[oracle.name]
        if known?.leftAloneIn == slot { return .held(until: slot.saturatingAdd(length), .leftAlone) }
        guard oracle.next != oracle.current, let next = known?.next, next.value == oracle.next else { return .free }
        let until = next.since.saturatingAdd(oracle.hop)
        return inclusion < until ? .held(until: until, .promotion) : .free
    }
}

/// What to do about an oracle that is due, where unchanged sources are left alone.
public enum SourceStanding: Sendable, Hashable {
    public enum Cause: Sendable, Hashable {
        /// It was left alone in this slot, and its source moved since.
        case leftAlone
        /// Its next price would count too soon.
        case promotion
    }

    /// To be poked.
    case free
    /// Source, next and current price are the same.
    case unchanged
    /// Not before a time, unix seconds.
    case held(until: UInt64, Cause)
}

extension OracleFacts {
    /// Whether source, next and current price are the same, and valid: a poke would change nothing but `zzz`.
    public var isIdle: Bool {
        guard let value = sourceReading.value else { return false }
        return current == next && next == Reading(value: value, isValid: true)
    }
}

extension UInt64 {
    fileprivate func saturatingAdd(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
