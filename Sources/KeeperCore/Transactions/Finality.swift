/// How a chain shows which blocks are final.
public enum Finality: Sendable, Hashable {
    /// By the tag `finalized`.
    case tag
    /// So many blocks below the head, on chains without the tag.
    case depth(UInt64)
}
