/// A piece of work that comes again and again, such as an oracle's poke, as it stands at a head.
public struct Work: Codable, Sendable, Hashable {
    /// Its name, as in the configuration.
    public var task: String
    /// Unix seconds since when it is due; `nil` while it is not.
    public var dueSince: UInt64?
    /// Why nobody can do it, though it is due.
    public var excuse: String?
    /// The period in which it was last done, by whomever: unix seconds of its start.
    public var doneEpoch: UInt64?

    public init(task: String, dueSince: UInt64?, excuse: String? = nil, doneEpoch: UInt64? = nil) {
        self.task = task
        self.dueSince = dueSince
        self.excuse = excuse
        self.doneEpoch = doneEpoch
    }
}
