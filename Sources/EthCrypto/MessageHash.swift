public import EthPrimitives

/// Digests of signed messages.
public enum MessageHash {
    /// The digest of EIP-191 version 0x45, which `personal_sign` and oracle feeds sign: Keccak-256 of the byte 0x19, the words
    /// `Ethereum Signed Message:`, a line feed, the message's length in decimal, and the message.
    public static func personal(_ message: [UInt8]) -> B256 {
        var hasher = Keccak256()
        hasher.update(Array("\u{19}Ethereum Signed Message:\n\(message.count)".utf8))
        hasher.update(message)
        return hasher.finalize()
    }
}
