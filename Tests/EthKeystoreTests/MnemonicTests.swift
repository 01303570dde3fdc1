import Crypto
import EthCrypto
import EthPrimitives
import TestSupport
import Testing

@testable import EthKeystore

@Suite("Mnemonic")
struct MnemonicTests {
    static let zeros = String(repeating: "abandon ", count: 11) + "about"

    @Test("the words are those of BIP-39: their file's SHA-256 is known")
    func words() {
        #expect(EnglishWords.all.count == 2048)
        let file = EnglishWords.all.map { $0 + "\n" }.joined()
        #expect(
            Hex.encodeUnprefixed(Array(SHA256.hash(data: Array(file.utf8))))
                == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda")
        #expect(EnglishWords.all == EnglishWords.all.sorted())
        #expect(Set(EnglishWords.all.map { $0.prefix(4) }).count == 2048)
    }

    @Test(
        "case and white space do not matter",
        arguments: [zeros, zeros.uppercased(), "  " + zeros.replacing(" ", with: "\n\t ") + "\n"])
    func spelling(phrase: String) throws {
        let mnemonic = try Mnemonic(SecretText(phrase))
        #expect(mnemonic.phrase.reveal() == Self.zeros)
        #expect(mnemonic.entropy.withUnsafeBytes { Array($0) } == [UInt8](repeating: 0, count: 16))
    }

    static let wrong: [(String, MnemonicError)] = [
        ("", MnemonicError.wordCount(0)), ("abandon", .wordCount(1)),
        (zeros + " about", .wordCount(13)), (Array(repeating: "abandon", count: 27).joined(separator: " "), .wordCount(27)),
        (zeros.replacing("about", with: "abandon"), .checksum),
        (zeros.replacing("about", with: "abou"), .unknownWord(position: 12)),
        ("xbandon" + zeros.dropFirst(7), .unknownWord(position: 1)),
        ("about abandon " + Array(repeating: "abandon", count: 10).joined(separator: " "), .checksum),
    ]

    @Test("a wrong phrase says what is wrong and repeats no word", arguments: wrong)
    func refusals(phrase: String, expected: MnemonicError) {
        let error = #expect(throws: expected) { try Mnemonic(SecretText(phrase)) }
        #expect(error?.description.contains("aband") == false && error?.description.contains("xband") == false)
    }

    @Test("entropy of another length is refused", arguments: [0, 4, 12, 15, 17, 33, 36])
    func lengths(count: Int) {
        #expect(throws: MnemonicError.entropyLength(bytes: count)) { try Mnemonic(entropy: [UInt8](repeating: 1, count: count)) }
    }

    @Test("fresh mnemonics have the words that were asked for, and come from the given source", arguments: [12, 15, 18, 21, 24])
    func random(words: Int) throws {
        let phrase = try Mnemonic.random(words: words).phrase
        #expect(phrase.reveal().split(separator: " ").count == words)
        #expect(try Mnemonic(phrase).phrase.reveal() == phrase.reveal())
        #expect(try Mnemonic.random(words: words).phrase.reveal() != phrase.reveal())
        var (first, second) = (SeededRandom(1), SeededRandom(1))
        #expect(
            try Mnemonic.random(words: words, using: &first).phrase.reveal()
                == Mnemonic.random(words: words, using: &second).phrase.reveal())
        #expect(throws: MnemonicError.wordCount(words + 1)) { try Mnemonic.random(words: words + 1) }
    }

    @Test("one changed word of a phrase is found out 15 times in 16")
    func checksum() throws {
        var found = 0
        let words = Self.zeros.split(separator: " ")
        for word in EnglishWords.all {
            let phrase = (words.dropLast() + [word]).joined(separator: " ")
            do { _ = try Mnemonic(SecretText(phrase)) } catch { found += 1 }
        }
        #expect(found == 2048 - 128)
    }

    @Test("composed and compatibility characters hash as their decomposition")
    func normalization() throws {
        func seed(_ passphrase: String) throws -> String {
            try Mnemonic(SecretText(Self.zeros)).seed(passphrase: SecretText(passphrase)).secret.withUnsafeBytes {
                Hex.encode($0)
            }
        }
        #expect(try seed("é") == seed("e\u{301}"))
        #expect(try seed("ﬁ㍍") == seed("fiメートル"))
        #expect(try seed("ｶﾞ") == seed("ガ"))
        #expect(try seed("é") != seed("e"))
    }
}
