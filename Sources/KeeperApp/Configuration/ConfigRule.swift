/// What keys of a section have to do with each other.
enum ConfigRule: Sendable, Hashable {
    /// One of these and no other; each may be written in several ways.
    case exactlyOne([[String]])
    /// The first is nothing without the second.
    case needs(String, String)
}
