internal import Crypto
internal import EthCrypto
public import EthPrimitives

/// Entropy as 12 to 24 English words with a checksum (BIP-39). Never printed.
public struct Mnemonic: Sendable {
    let entropy: SecretBytes

    /// Bits that a word carries.
    private static let wordBits = 11

    /// Takes 16, 20, 24, 28 or 32 bytes.
    /// - Throws: `MnemonicError.entropyLength`.
    public init(entropy: some Collection<UInt8>) throws(MnemonicError) {
        guard entropy.count % 4 == 0, (16...32).contains(entropy.count) else { throw .entropyLength(bytes: entropy.count) }
        self.entropy = SecretBytes(entropy)
    }

    /// Takes a phrase of the English list, with any white space between the words, in upper or lower case.
    /// - Throws: `MnemonicError` that names the place of a wrong word, never the word.
    public init(_ phrase: SecretText) throws(MnemonicError) {
        let words = phrase.reveal().lowercased().split(whereSeparator: \.isWhitespace)
        guard words.count % 3 == 0, (12...24).contains(words.count) else { throw .wordCount(words.count) }
        let count = words.count / 3 * 4
        // Entropy and, in a byte of its own, the checksum.
        let bits = try SecretBytes(
            count: count + 1,
            filledBy: { (out) throws(MnemonicError) in
                for (index, word) in words.enumerated() {
                    guard let number = EnglishWords.numbers[word] else { throw .unknownWord(position: index + 1) }
                    for bit in 0..<Self.wordBits where number >> (Self.wordBits - 1 - bit) & 1 == 1 {
                        let place = index * Self.wordBits + bit
                        out[place / 8] |= 0x80 >> (place % 8)
                    }
                }
            })
        entropy = SecretBytes(
            count: count,
            filledBy: { out in bits.withUnsafeBytes { out.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) } })
        guard bits.withUnsafeBytes({ $0[count] }) == checksum else { throw .checksum }
    }

    /// A fresh mnemonic of 12, 15, 18, 21 or 24 words.
    /// - Parameter generator: must be fit for secrets.
    /// - Throws: `MnemonicError.wordCount` for another number of words.
    public static func random(
        words: Int = 12, using generator: inout some RandomNumberGenerator
    ) throws(MnemonicError) -> Mnemonic {
        guard words % 3 == 0, (12...24).contains(words) else { throw .wordCount(words) }
        return Mnemonic(
            SecretBytes(
                count: words / 3 * 4,
                filledBy: { out in for index in 0..<out.count { out[index] = .random(in: 0...255, using: &generator) } }))
    }

    /// A fresh mnemonic of 12, 15, 18, 21 or 24 words from the system's generator.
    /// - Throws: `MnemonicError.wordCount` for another number of words.
    public static func random(words: Int = 12) throws(MnemonicError) -> Mnemonic {
        var generator = SystemRandomNumberGenerator()
        return try random(words: words, using: &generator)
    }

    private init(_ entropy: SecretBytes) { self.entropy = entropy }

    /// The words, one space between them.
    public var phrase: SecretText {
        let checksum = checksum
        let words = entropy.withUnsafeBytes { entropy in
            (0..<entropy.count * 3 / 4).map { index in
                var number = 0
                for place in index * Self.wordBits..<(index + 1) * Self.wordBits {
                    let byte = place / 8 < entropy.count ? entropy[place / 8] : checksum
                    number = number << 1 | Int(byte >> (7 - place % 8) & 1)
                }
                return EnglishWords.all[number]
            }
        }
        return SecretText(words.joined(separator: " "))
    }

    /// The seed of the wallet.
    /// - Parameter passphrase: another passphrase, another wallet; there is no wrong one.
    /// - Throws: `KeystoreError.cryptography` if the crypto library fails.
    public func seed(passphrase: SecretText = SecretText("")) throws(KeystoreError) -> MnemonicSeed {
        try MnemonicSeed(phrase: phrase, passphrase: passphrase)
    }

    /// One bit of the entropy's SHA-256 hash for each 32 of entropy, at the top of a byte.
    private var checksum: UInt8 {
        entropy.withUnsafeBytes { entropy in
            var hash = SHA256()
            hash.update(bufferPointer: entropy)
            let first = hash.finalize().first { _ in true } ?? 0
            return first & ~(0xff >> (entropy.count / 4))
        }
    }
}

extension Mnemonic: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<secret>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
