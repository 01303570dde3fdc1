internal import Crypto
internal import CryptoExtras
internal import EthCrypto

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Parameters of scrypt (RFC 7914), within bounds that let no file stop a machine.
public struct ScryptParameters: Hashable, Sendable {
    /// Cost: a power of two.
    public let n: Int
    /// Size of a block in units of 128 bytes.
    public let r: Int
    /// How many blocks are mixed one after another.
    public let p: Int
    /// Bytes of the derived key, `dklen` in the file.
    public let length: Int
    public let salt: [UInt8]

    /// Memory that is accepted, 1 GiB: 128·r·(n + p) bytes. geth's files need 256 MiB.
    public static let mostMemory = 1 << 30
    /// Memory that may be filled over all blocks, 8 GiB: 128·n·r·p bytes. 32 times what geth's files need, some twenty seconds.
    public static let mostWork = 8 << 30

    /// - Throws: `KeystoreError.invalid` with the field's name in the file.
    public init(n: Int, r: Int, p: Int, length: Int = 32, salt: [UInt8]) throws(KeystoreError) {
        try DerivedKeyLimits.check(length: length, salt: salt)
        guard n >= 2, n & (n - 1) == 0, n <= 1 << 32 else {
            throw .invalid(field: "n", expected: "a power of two from 2 to 2^32", got: "\(n)")
        }
        guard r >= 1, r < 1 << 30 else { throw .invalid(field: "r", expected: "1 to 2^30 - 1", got: "\(r)") }
        // RFC 7914, section 2, bounds the product of p and r; with both below 2³⁰ nothing here overflows.
        guard p >= 1, p < 1 << 30, p * r < 1 << 30 else {
            throw .invalid(field: "p", expected: "1 to (2^30 - 1) / r", got: "\(p) with r \(r)")
        }
        let block = 128 * r
        guard n + p <= Self.mostMemory / block else {
            throw .invalid(field: "n", expected: "at most 1 GiB of memory, 128·r·(n + p) bytes", got: "n \(n), r \(r), p \(p)")
        }
        guard n * p <= Self.mostWork / block else {
            throw .invalid(field: "p", expected: "at most 8 GiB of work, 128·n·r·p bytes", got: "n \(n), r \(r), p \(p)")
        }
        self.n = n
        self.r = r
        self.p = p
        self.length = length
        self.salt = salt
    }

    /// Whether swift-crypto's scrypt takes these parameters. It holds to the RFC's n < 2^(16·r), which some key files break, and
    /// gives the algorithm room that is too small for large blocks: then ours does the work.
    var areTakenByLibrary: Bool {
        let page = 4096  // bytes that swift-crypto adds to 128·n·r·p, at least
        return (r >= 4 || n < 1 << (16 * r)) && n * p + page / (128 * r) >= n + p + 1
    }

    func key(for password: Password) throws(KeystoreError) -> SecretBytes {
        guard areTakenByLibrary else { return try mixedKey(for: password) }
        return try password.secret.withUnsafeBytes { (password) throws(KeystoreError) in
            do {
                let key = try KDF.Scrypt.deriveKey(
                    from: password, salt: salt, outputByteCount: length, rounds: n, blockSize: r, parallelism: p)
                return SecretBytes(key)
            } catch {
                throw .cryptography(operation: "scrypt")
            }
        }
    }

    /// scrypt around our own mixing (RFC 7914, section 6).
    func mixedKey(for password: Password) throws(KeystoreError) -> SecretBytes {
        let blocks = try PBKDF2.key(password.secret, salt: SecretBytes(salt), hash: .sha256, rounds: 1, length: 128 * r * p)
        let mixed = ScryptMix(n: n, r: r).mix(blocks)
        return try PBKDF2.key(password.secret, salt: mixed, hash: .sha256, rounds: 1, length: length)
    }
}
