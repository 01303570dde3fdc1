internal import EthCrypto

/// How a key file turns its password into the keys that protect it.
public enum KeyDerivation: Hashable, Sendable {
    case scrypt(ScryptParameters)
    case pbkdf2(PBKDF2Parameters)

    /// The derived key: 16 bytes for the cipher, 16 for the code that tells a wrong password, and what the format leaves unused.
    ///
    /// Meant to be slow: about a second for scrypt as geth sets it.
    func key(for password: Password) throws(KeystoreError) -> SecretBytes {
        switch self {
        case .scrypt(let parameters): try parameters.key(for: password)
        case .pbkdf2(let parameters): try parameters.key(for: password)
        }
    }
}
