/// How much work a new key file makes of each password that is tried.
public enum KeystoreStrength: Hashable, Sendable {
    /// geth's standard: scrypt with n 262144, r 8, p 1; 256 MiB and about a second.
    case standard
    /// geth's light form, for files that stay on a safe disk and for tests: scrypt with n 4096, r 8, p 6; 4 MiB, some 100 ms.
    case light
    /// PBKDF2 with this many rounds, for readers that have no scrypt; 262,144 is usual.
    case pbkdf2(rounds: Int)

    func derivation(salt: [UInt8]) throws(KeystoreError) -> KeyDerivation {
        switch self {
        case .standard: .scrypt(try ScryptParameters(n: 1 << 18, r: 8, p: 1, salt: salt))
        case .light: .scrypt(try ScryptParameters(n: 1 << 12, r: 8, p: 6, salt: salt))
        case .pbkdf2(let rounds): .pbkdf2(try PBKDF2Parameters(rounds: rounds, salt: salt))
        }
    }
}
