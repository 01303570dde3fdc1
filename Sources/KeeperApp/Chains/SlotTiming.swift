/// When a chain's blocks are made: at fixed times, one after the other.
public struct SlotTiming: Sendable, Hashable {
    /// Seconds from one slot to the next.
    public var length: UInt64
    /// Unix seconds of a slot's start, modulo the length.
    public var phase: UInt64

    public init(length: UInt64, phase: UInt64) {
        self.length = max(1, length)
        self.phase = phase % max(1, length)
    }

    /// The slots of a chain whose first one began at a time.
    public init(length: UInt64, genesis: UInt64) { self.init(length: length, phase: genesis % max(1, length)) }

    /// The start of the slot that a time lies in, unix seconds; 0 before the first.
    public func start(of time: UInt64) -> UInt64 {
        let into = (time + length - phase) % length
        return time - min(time, into)
    }
}
