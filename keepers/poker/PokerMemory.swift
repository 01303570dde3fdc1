import OraclePokes

/// What the poker carries from head to head. Empty, and written as such, in all modes but those that need it.
struct PokerMemory: Codable, Sendable, Hashable {
    /// Of what oracles' sources were seen with, where unchanged ones are left alone.
    var sources: SourceMemory?
    /// The slot in which it stopped waiting for a cheaper block, unix seconds: what was wished once is not taken back for a fee.
    var actedIn: UInt64?
}
