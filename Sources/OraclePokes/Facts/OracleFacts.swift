public import EthPrimitives

/// A price and whether it counts: the pair (val, has) of OSM and Median, in wad.
public struct Reading: Codable, Sendable, Hashable {
    /// Wad (10¹⁸ = 1.0).
    public var value: UInt256
    public var isValid: Bool

    public init(value: UInt256, isValid: Bool) {
        self.value = value
        self.isValid = isValid
    }

    /// An OSM's storage word: value in the low 128 bits, 1 above it if valid.
    public init(packed word: B256) {
        let number = UInt256(bigEndian: word)
        value = number & (UInt256.max &>> 128)
        isValid = number &>> 128 == 1
    }
}

/// What an OSM's source answers to the OSM.
public enum SourceReading: Codable, Sendable, Hashable {
    case valid(UInt256)
    /// `peek` says that there is no value: `OSM.poke` succeeds and does nothing.
    case invalid
    /// `peek` reverts, for want of a whitelist entry: `OSM.poke` reverts.
    case reverts
    /// Not read at this head.
    case unread

    public var value: UInt256? {
        if case .valid(let value) = self { value } else { nil }
    }
}

/// The state of one OSM at a block, read from its fixed slots (makerdao/osm: 1 stopped, 2 src, hop and zzz, 3 cur, 4 nxt).
public struct OracleFacts: Codable, Sendable, Hashable {
    /// As in the configuration.
    public var name: String
    public var address: Address
    public var isStopped: Bool
    public var source: Address
    /// Seconds between pokes.
    public var hop: UInt64
    /// Unix seconds of the slot that was poked last.
    public var zzz: UInt64
    public var current: Reading
    public var next: Reading
    public var sourceReading: SourceReading

    public init(
        name: String, address: Address, stopped: B256, packed: B256, current: B256, next: B256, sourceReading: SourceReading
    ) {
        self.name = name
        self.address = address
        isStopped = !stopped.isZero
        source = Address(lowBytesOf: packed)
        let number = UInt256(bigEndian: packed)
        hop = UInt64(truncatingIfNeeded: number &>> 160) & 0xFFFF
        zzz = UInt64(truncatingIfNeeded: number &>> 176)
        self.current = Reading(packed: current)
        self.next = Reading(packed: next)
        self.sourceReading = sourceReading
    }

    /// Unix seconds from which on `poke` gets past its guards, `zzz + hop`; `nil` while the oracle is stopped, or if its slot holds a time
    /// beyond all times.
    public var dueFrom: UInt64? {
        let (next, overflow) = zzz.addingReportingOverflow(hop)
        return isStopped || overflow ? nil : next
    }

    /// Whether `poke` would get past its guards at a time.
    public func isDue(at time: UInt64) -> Bool { dueFrom.map { $0 <= time } ?? false }

    /// The start of the slot that a time lies in: pokes are aligned to multiples of the hop.
    public func slotStart(at time: UInt64) -> UInt64 { hop == 0 ? time : time - time % hop }

    /// The state after an effective poke at a time: cur ← nxt, nxt ← source.
    public func poked(at time: UInt64, source value: UInt256) -> OracleFacts {
        var state = self
        state.current = next
        state.next = Reading(value: value, isValid: true)
        state.zzz = slotStart(at: time)
        return state
    }
}
