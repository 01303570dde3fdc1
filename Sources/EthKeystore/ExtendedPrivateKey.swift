internal import Crypto
public import EthCrypto
internal import EthPrimitives

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A private key with what its children are derived from besides it (BIP-32). It prints its address only.
public struct ExtendedPrivateKey: Sendable {
    public let privateKey: PrivateKey
    let chainCode: SecretBytes
    /// Steps from the root.
    public let depth: Int

    /// The key at the root of a wallet.
    /// - Throws: `DerivationError.noKey`, one chance in 2¹²⁷.
    public init(seed: MnemonicSeed) throws(DerivationError) {
        try self.init(Self.hash(seed.secret, key: SecretBytes("Bitcoin seed".utf8)), depth: 0) { key in
            // Out of range is the caller's `noKey`.
            try? PrivateKey(key)
        }
    }

    /// Splits 64 bytes into what makes the key and the chain code.
    private init(
        _ hash: SecretBytes, depth: Int, index: UInt32? = nil, key: (SecretBytes) -> PrivateKey?
    ) throws(DerivationError) {
        guard let privateKey = key(Self.part(hash, 0..<32)) else { throw .noKey(index: index) }
        self.privateKey = privateKey
        chainCode = Self.part(hash, 32..<64)
        self.depth = depth
    }

    /// The child one step down.
    /// - Throws: `DerivationError.tooDeep` below 255 steps, `.noKey` with one chance in 2¹²⁷.
    public func child(_ step: DerivationPath.Step) throws(DerivationError) -> ExtendedPrivateKey {
        guard depth < DerivationPath.longest else { throw .tooDeep(steps: depth + 1) }
        // A hardened child hashes 0 and the private key, another one the compressed public key; then the index.
        let message = SecretBytes(
            count: 37,
            filledBy: { out in
                let place = UnsafeMutableRawBufferPointer(rebasing: out[1..<33])
                if step.isHardened {
                    privateKey.withUnsafeBytes { place.copyMemory(from: $0) }
                } else {
                    let point = privateKey.publicKey.point
                    out[0] = 2 | point[63] & 1
                    place.copyBytes(from: point.bytes[..<32])
                }
                out.storeBytes(of: step.index.bigEndian, toByteOffset: 33, as: UInt32.self)
            })
        return try ExtendedPrivateKey(Self.hash(message, key: chainCode), depth: depth + 1, index: step.index) { tweak in
            privateKey.adding(tweak)
        }
    }

    /// The key at the end of a path from this one.
    /// - Throws: as `child`.
    public func derived(_ path: DerivationPath) throws(DerivationError) -> ExtendedPrivateKey {
        var key = self
        for step in path.steps { key = try key.child(step) }
        return key
    }

    /// HMAC-SHA-512.
    private static func hash(_ message: SecretBytes, key: SecretBytes) -> SecretBytes {
        let code = message.withUnsafeBytes { message in
            key.withUnsafeBytes { HMAC<SHA512>.authenticationCode(for: message, using: SymmetricKey(data: $0)) }
        }
        return SecretBytes(count: 64, filledBy: { out in code.withUnsafeBytes { out.copyMemory(from: $0) } })
    }

    private static func part(_ bytes: SecretBytes, _ range: Range<Int>) -> SecretBytes {
        SecretBytes(
            count: range.count,
            filledBy: { out in
                bytes.withUnsafeBytes { out.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range])) }
            })
    }
}

extension ExtendedPrivateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "ExtendedPrivateKey(redacted, address: \(privateKey.address))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["address": privateKey.address.description], displayStyle: .struct) }
}
