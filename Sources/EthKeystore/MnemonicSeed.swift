internal import EthCrypto
public import EthPrimitives

/// What a wallet's keys are derived from. Never printed, overwritten when the last reference goes.
public struct MnemonicSeed: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let secret: SecretBytes

    /// The seed of a phrase in any language: 64 bytes of PBKDF2 with HMAC-SHA-512 and 2,048 rounds (BIP-39). Words and checksum are
    /// not looked at; `Mnemonic` does that for English.
    /// - Throws: `KeystoreError.cryptography` if the crypto library fails.
    public init(phrase: SecretText, passphrase: SecretText = SecretText("")) throws(KeystoreError) {
        secret = try PBKDF2.key(
            Self.normalized(phrase.reveal()), salt: Self.normalized("mnemonic" + passphrase.reveal()), hash: .sha512,
            rounds: 2048,
            length: 64)
    }

    /// Takes the bytes of a seed, 16 to 64 (BIP-32).
    /// - Throws: `DerivationError.seedLength`.
    public init(bytes: some Collection<UInt8>) throws(DerivationError) {
        guard (16...64).contains(bytes.count) else { throw .seedLength(bytes: bytes.count) }
        secret = SecretBytes(bytes)
    }

    private static func normalized(_ text: String) -> SecretBytes { SecretBytes(CompatibilityForm.of(text).utf8) }

    public var description: String { "<secret>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
