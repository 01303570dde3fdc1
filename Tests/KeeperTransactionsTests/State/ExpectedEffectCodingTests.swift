import EthPrimitives
import Foundation
import Testing

@testable import KeeperTransactions

@Suite("Expected effects as JSON")
struct ExpectedEffectCodingTests {
    private static let address = "0x" + String(repeating: "17", count: 20)
    private static let word = "0x" + String(repeating: "0b", count: 32)
    private static let other = "0x" + String(repeating: "0c", count: 32)
    private static let mask = "0x" + String(repeating: "0f", count: 32)

    private func decoded(_ text: String) throws -> ExpectedEffect {
        try JSONDecoder().decode(ExpectedEffect.self, from: Data(text.utf8))
    }

    private func encoded(_ effect: ExpectedEffect) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(effect), as: UTF8.self)
    }

    /// The first two are as they were written before effects could be words of storage.
    static let texts = [
        "{\"address\":\"\(address)\",\"name\":\"x\",\"topic\":\"\(other)\"}",
        "{\"address\":\"\(address)\",\"name\":\"x\",\"topic\":\"\(other)\",\"word\":\"\(word)\"}",
        "{\"address\":\"\(address)\",\"mask\":\"\(mask)\",\"name\":\"x\",\"slot\":\"\(other)\",\"value\":\"\(word)\"}",
    ]

    @Test("each kind has one form, and that of logs is the one that stores hold", arguments: texts)
    func forms(text: String) throws {
        let effect = try decoded(text)
        #expect(try encoded(effect) == text)
        #expect(effect.name == "x")
    }

    @Test("what is read is what was meant")
    func meaning() throws {
        let (address, word) = (try Address(hex: Self.address), try B256(hex: Self.word))
        let (other, mask) = (try B256(hex: Self.other), try B256(hex: Self.mask))
        #expect(try decoded(Self.texts[0]) == ExpectedEffect(name: "x", address: address, topic: other))
        #expect(try decoded(Self.texts[1]) == ExpectedEffect(name: "x", address: address, topic: other, word: word))
        let expected = ExpectedWord(StorageSlot(address: address, slot: other), mask: mask, value: word)
        #expect(try decoded(Self.texts[2]) == ExpectedEffect(name: "x", .word(expected)))
    }

    @Test(
        "members of both kinds, too few of one, and bits outside the mask are refused",
        arguments: [
            "\"topic\":\"\(other)\",\"slot\":\"\(other)\",\"mask\":\"\(mask)\",\"value\":\"\(word)\"",
            "\"topic\":\"\(other)\",\"mask\":\"\(mask)\"", "\"topic\":\"\(other)\",\"value\":\"\(word)\"", "\"word\":\"\(word)\"",
            "\"slot\":\"\(other)\",\"mask\":\"\(mask)\",\"value\":\"\(word)\",\"word\":\"\(word)\"",
            "\"slot\":\"\(other)\",\"value\":\"\(word)\"", "\"slot\":\"\(other)\",\"mask\":\"\(mask)\"",
            "\"slot\":\"\(other)\",\"mask\":\"\(word)\",\"value\":\"\(mask)\"",
        ])
    func refused(members: String) {
        #expect(throws: DecodingError.self) { try decoded("{\"address\":\"\(Self.address)\",\"name\":\"x\",\(members)}") }
    }

    @Test("only bits of the mask count, and no others are kept")
    func masked() throws {
        let place = StorageSlot(address: try Address(hex: Self.address), slot: B256())
        let (word, mask) = (try B256(hex: Self.word), try B256(hex: Self.mask))
        let whole = ExpectedWord(place, value: word)
        #expect(whole.mask == ExpectedWord.everyBit && whole.isShown(by: word) && !whole.isShown(by: B256()))
        var noise = word
        for index in 0..<32 { noise[index] |= UInt8(index) << 4 }
        let part = ExpectedWord(place, mask: mask, value: noise)
        #expect(part.value == word && part.isShown(by: word) && part.isShown(by: noise) && !whole.isShown(by: noise))
        for index in 0..<32 {
            var wrong = noise
            wrong[index] ^= 1
            #expect(!part.isShown(by: wrong))
        }
    }
}
