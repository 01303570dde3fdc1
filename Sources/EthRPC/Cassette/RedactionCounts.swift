/// How often something was removed or replaced.
public struct RedactionCounts: Sendable, Hashable {
    public var notes = 0
    /// In the order of the rules.
    public var addresses: [Int]
    /// In the order of the rules.
    public var texts: [Int]
    /// URLs, keys and tokens, as far as they look like such.
    public var secrets = 0
}
