public import EthCodec
public import EthPrimitives

/// Why a key file cannot be read, opened or written. No case carries a password, a key or any part of either.
public enum KeystoreError: Error, Equatable, Sendable, CustomStringConvertible {
    case notJSON(JSONError)
    /// A member that must be there is not.
    case missing(field: String)
    /// A member stands twice, so that two readers could see two files.
    case duplicate(field: String)
    /// A member is not what the format says.
    case invalid(field: String, expected: String, got: String)
    /// The file is whole, and the password is not the one it was written with.
    case wrongPassword
    /// The password is right, and what it opens is not a private key.
    case notAKey
    /// The password is right, and the key is another account's than the file says.
    case wrongAddress(stated: Address, actual: Address)
    /// The crypto library refused what passed our own checks, such as for lack of memory.
    case cryptography(operation: String)

    public var description: String {
        switch self {
        case .notJSON(let error): "the key file is not JSON: \(error)"
        case .missing(let field): "\(field): expected a value, the field is missing"
        case .duplicate(let field): "\(field): expected once, the field stands twice"
        case .invalid(let field, let expected, let got): "\(field): expected \(expected), got \(got)"
        case .wrongPassword: "the password does not open the key file"
        case .notAKey: "the password is right, but the key file does not hold a private key of secp256k1"
        case .wrongAddress(let stated, let actual): "the key file says address \(stated), but holds the key of \(actual)"
        case .cryptography(let operation): "the crypto library could not do \(operation)"
        }
    }

    /// The same error with a longer path to its field.
    func inside(_ path: String) -> KeystoreError {
        switch self {
        case .invalid(let field, let expected, let got): .invalid(field: "\(path).\(field)", expected: expected, got: got)
        default: self
        }
    }
}
