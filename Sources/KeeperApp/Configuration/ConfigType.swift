/// The type of a key's value, as far as others than its reader can know it.
public indirect enum ConfigType: Sendable, Hashable {
    /// Any text, or one that a regular expression (ECMA-262) describes.
    case text(pattern: String?)
    /// A URL that anybody may see.
    case link
    case number(ClosedRange<UInt64>)
    case bool
    case words([String])
    /// A list of values.
    case list(of: ConfigType)
    /// A list whose elements are values, or a value with another one: `NAME` or `NAME: VALUE`.
    case pairs(of: ConfigType, with: ConfigType)
}
