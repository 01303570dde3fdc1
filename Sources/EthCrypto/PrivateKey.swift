public import EthPrimitives

/// A secp256k1 private key: signs, and never shows itself.
///
/// It is not `Codable`, not `Equatable`, gives no bytes back, and every way of printing it shows its address only. Its memory is
/// overwritten when the last reference goes; texts and arrays that it was made from belong to the caller.
public final class PrivateKey: Sendable {
    /// Bytes of a key.
    private static let count = 32

    private let secret: SecretBytes
    /// The key's public half.
    public let publicKey: PublicKey
    /// The account that the key controls.
    public let address: Address

    /// Takes 32 secret bytes.
    /// - Throws: `CryptoError.privateKeyLength` for another length, `.privateKeyOutOfRange` for zero and for n and above.
    package init(_ secret: SecretBytes) throws(CryptoError) {
        guard secret.count == Self.count else { throw .privateKeyLength(digits: secret.count * 2) }
        guard Secp256k1.isPrivateKey(secret), let point = Secp256k1.publicKey(of: secret) else { throw .privateKeyOutOfRange }
        self.secret = secret
        publicKey = PublicKey(unchecked: point)
        address = publicKey.address
    }

    /// Takes 32 big-endian bytes.
    /// - Throws: `CryptoError.privateKeyLength` for another length, `.privateKeyOutOfRange` for zero and for n and above.
    public convenience init(_ bytes: some Collection<UInt8>) throws(CryptoError) {
        guard bytes.count == Self.count else { throw .privateKeyLength(digits: bytes.count * 2) }
        try self.init(SecretBytes(filledBy: { $0.copyBytes(from: bytes) }))
    }

    /// Takes 64 hexadecimal digits of either case, with or without `0x`.
    /// - Throws: `CryptoError`, which says what is wrong without repeating any of the text.
    public convenience init(hex text: String) throws(CryptoError) {
        let prefixed = text.utf8.starts(with: "0x".utf8)
        let digits = text.utf8.dropFirst(prefixed ? 2 : 0)
        guard digits.count == Self.count * 2 else { throw .privateKeyLength(digits: digits.count) }
        try self.init(
            SecretBytes(filledBy: { (out: UnsafeMutableRawBufferPointer) throws(CryptoError) in
                for (index, digit) in digits.enumerated() {
                    guard let value = Hex.value(digit) else { throw .privateKeyDigit }
                    out[index / 2] = out[index / 2] << 4 | value
                }
            }))
    }

    /// A fresh key from the system's generator.
    public static func random() -> PrivateKey {
        while true {
            // Out of range happens once in 2¹²⁸: then draw again.
            if let key = try? PrivateKey(SecretBytes.random()) { return key }
        }
    }

    /// Signs a 32-byte digest with the nonce of RFC 6979; `s` is in the lower half (EIP-2).
    /// - Throws: `CryptoError.signatureOutOfRange` in the case, one in 2¹²⁷, that the result has no Ethereum form.
    public func sign(_ digest: B256) throws(CryptoError) -> Signature {
        guard let (r, s, yParity) = Secp256k1.sign(digest, with: secret) else { throw .signatureOutOfRange }
        return try Signature(r: r, s: s, yParity: yParity)
    }

    /// The key's bytes, for writing key files and deriving keys in this package only.
    package func withUnsafeBytes<R, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> R
    ) throws(Failure) -> R { try secret.withUnsafeBytes(body) }

    /// The key plus a number of 32 bytes modulo n: a child's key in BIP-32. `nil` if the number is not below n or the sum is zero.
    package func adding(_ tweak: SecretBytes) -> PrivateKey? {
        guard tweak.count == Self.count, let sum = Secp256k1.sum(of: secret, and: tweak) else { return nil }
        // A sum that the curve accepted is a key.
        return try? PrivateKey(sum)
    }
}

extension PrivateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address and the word *redacted*.
    public var description: String { "PrivateKey(redacted, address: \(address))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["address": address.description], displayStyle: .class) }
}
