public import EthRPC

#if canImport(Glibc)
    import Glibc
#endif

/// Where loops and timeouts take the time from. Decisions see block time only.
public enum TimeSource: String, Sendable, Codable, CaseIterable {
    /// The machine's clock.
    case wall
    /// The newest block's time stamp: for local chains that live faster than the world; refused on public chains.
    case chain

    /// Seconds since the head was stamped; zero on chain time.
    public func age(of head: BlockHeader, now: UInt64 = wallSeconds) -> UInt64 {
        switch self {
        case .chain: 0
        case .wall: max(now, head.timestamp) - head.timestamp
        }
    }

    /// Whether a head claims to be from the future, clocks being a minute apart at most; never on chain time.
    public func isAhead(_ head: BlockHeader, now: UInt64 = wallSeconds) -> Bool { self == .wall && head.timestamp > now + 60 }

    /// Unix seconds of the machine's clock.
    public static var wallSeconds: UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return UInt64(max(0, now.tv_sec))
    }
}
