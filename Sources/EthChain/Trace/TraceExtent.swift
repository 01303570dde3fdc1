/// How much of a tree of calls is shown.
public struct TraceExtent: Hashable, Sendable {
    /// Calls inside of calls; what lies deeper is counted.
    public var depth = 12
    public var lines = 400
    /// Characters of a line.
    public var width = 160
    public var logs = false
    /// Slots that were written.
    public var writes = false

    public init() {}
}
