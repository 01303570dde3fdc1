/// Why a key cannot be derived, or a text is not a path to one.
public enum DerivationError: Error, Equatable, Sendable, CustomStringConvertible {
    case seedLength(bytes: Int)
    /// A path begins with `m`.
    case noRoot(path: String)
    /// A step is a number below 2³¹, with `'`, `h` or `H` behind it if it is hardened.
    case step(String)
    /// BIP-32 counts the steps from the root in one byte.
    case tooDeep(steps: Int)
    /// One chance in 2¹²⁷: the number that was derived is no key. BIP-32 says to take the next index.
    case noKey(index: UInt32?)

    public var description: String {
        switch self {
        case .seedLength(let bytes): "expected a seed of 16 to 64 bytes, got \(bytes)"
        case .noRoot(let path): "expected a path that begins with m/, such as m/44'/60'/0'/0/0, got \"\(path.prefix(40))\""
        case .step(let step): "expected a step below 2147483648, with ' if hardened, got \"\(step.prefix(40))\""
        case .tooDeep(let steps): "expected at most 255 steps, got \(steps)"
        case .noKey(nil): "the seed makes no key"
        case .noKey(let index?): "there is no key at index \(index): take the next"
        }
    }
}
