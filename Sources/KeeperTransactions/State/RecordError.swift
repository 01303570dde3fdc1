public import EthPrimitives

/// Why a record cannot follow those before it: the store has been damaged, or two processes wrote to it.
public enum RecordError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A nonce that one intent has was signed for another.
    case nonceTaken(Nonce)
    /// A nonce was signed that is final already.
    case nonceOver(Nonce)
    /// An intent was signed or ended that nobody wanted.
    case notWanted(IntentKey)
    /// An intent was wanted twice.
    case wantedTwice(IntentKey)
    /// A nonce was ended that is not bound.
    case notBound(Nonce)
    /// A nonce, a height or an attempt that cannot be.
    case outOfBounds

    public var description: String {
        switch self {
        case .nonceTaken(let nonce): "nonce \(nonce) was signed for two intents"
        case .nonceOver(let nonce): "nonce \(nonce) was signed after it was final"
        case .notWanted(let key): "\(key) was signed or ended, but nobody wanted it"
        case .wantedTwice(let key): "\(key) was wanted twice"
        case .notBound(let nonce): "nonce \(nonce) was ended, but nothing is bound to it"
        case .outOfBounds: "a nonce, a height or an attempt is none that can be"
        }
    }
}
