/// Why a phrase is not a mnemonic of BIP-39. No case carries a word of the phrase.
public enum MnemonicError: Error, Equatable, Sendable, CustomStringConvertible {
    case wordCount(Int)
    /// The word at this place, counted from 1, is not in the English list.
    case unknownWord(position: Int)
    /// All words are in the list, but one is wrong or two have changed places.
    case checksum
    case entropyLength(bytes: Int)

    public var description: String {
        switch self {
        case .wordCount(let count): "expected a mnemonic of 12, 15, 18, 21 or 24 words, got \(count)"
        case .unknownWord(let position): "word \(position) of the mnemonic is not in the English list of BIP-39"
        case .checksum: "the mnemonic's checksum is wrong: a word is wrong or out of place"
        case .entropyLength(let bytes): "expected entropy of 16, 20, 24, 28 or 32 bytes, got \(bytes)"
        }
    }
}
