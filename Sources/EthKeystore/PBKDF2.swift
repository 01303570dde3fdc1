internal import Crypto
internal import CryptoExtras
internal import EthCrypto

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// PBKDF2 with HMAC (RFC 8018, section 5.2), over swift-crypto.
enum PBKDF2 {
    enum Hash { case sha256, sha512 }

    /// Derives a key. swift-crypto keeps a copy of the result that it does not overwrite; ours is overwritten.
    static func key(
        _ password: UnsafeRawBufferPointer, salt: UnsafeRawBufferPointer, hash: Hash, rounds: Int, length: Int
    ) throws(KeystoreError) -> SecretBytes {
        do {
            let key = try KDF.Insecure.PBKDF2.deriveKey(
                from: password, salt: salt, using: hash == .sha256 ? .sha256 : .sha512, outputByteCount: length,
                unsafeUncheckedRounds: rounds)
            return SecretBytes(key)
        } catch {
            throw .cryptography(operation: "PBKDF2")
        }
    }

    static func key(
        _ password: SecretBytes, salt: SecretBytes, hash: Hash, rounds: Int, length: Int
    ) throws(KeystoreError) -> SecretBytes {
        try password.withUnsafeBytes { (password) throws(KeystoreError) in
            try salt.withUnsafeBytes { (salt) throws(KeystoreError) in
                try key(password, salt: salt, hash: hash, rounds: rounds, length: length)
            }
        }
    }
}

extension SecretBytes {
    /// A copy of what swift-crypto derived.
    convenience init(_ key: SymmetricKey) {
        self.init(count: key.bitCount / 8, filledBy: { out in key.withUnsafeBytes { out.copyMemory(from: $0) } })
    }

    convenience init(_ bytes: some Collection<UInt8>) {
        self.init(count: bytes.count, filledBy: { $0.copyBytes(from: bytes) })
    }
}
