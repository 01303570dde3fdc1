/// What a run lays stress on. Every kind has every fault now and then.
public enum SimulationKind: String, Sendable, CaseIterable {
    /// One nonce in flight.
    case standard
    /// Several nonces in flight: up to six wishes at a time, and up to sixteen nonces allowed.
    case wide
    /// The base fee goes beyond the caps and comes back.
    case market
    /// The store is lost at some of the crashes; up to three nonces in flight.
    case storeLost
    /// Others use the same key, and forks take their transactions back; up to four nonces in flight.
    case shared
    /// A chain without a base fee.
    case legacy

    /// The kind that a seed has when none is asked for.
    public init(of seed: UInt64) { self = Self.allCases[Int(seed % UInt64(Self.allCases.count))] }
}
