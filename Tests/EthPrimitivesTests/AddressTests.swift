import EthPrimitives
import Foundation
import Testing

@Suite("Address")
struct AddressTests {
    /// The examples of EIP-55.
    static let checksummed = [
        "0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ]

    @Test("parses and prints the checksum of EIP-55", arguments: checksummed)
    func checksum(text: String) throws {
        let address = try Address(hex: text)
        #expect(address.description == text)
        #expect(address.hex == text.lowercased())
        #expect(try Address(hex: text.lowercased()) == address)
        #expect(try Address(hex: "0x" + text.dropFirst(2).uppercased()) == address)
    }

    @Test("refuses one letter of the wrong case, and names the right form")
    func wrongCase() {
        let right = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
        #expect(throws: AddressError.wrongChecksum(expected: right)) {
            try Address(hex: "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed")
        }
    }

    @Test("refuses other lengths", arguments: ["0x", "0x1234", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed00"])
    func lengths(text: String) {
        #expect(throws: AddressError.self) { try Address(hex: text) }
    }

    @Test("is the low end of a word, and Codable as checksummed text")
    func words() throws {
        let address = try Address(hex: Self.checksummed[4])
        let word = try #require(B256([UInt8](repeating: 0xee, count: 12) + address.bytes))
        #expect(Address(lowBytesOf: word) == address)
        let json = try JSONEncoder().encode([address])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(Self.checksummed[4])\"]")
        #expect(try JSONDecoder().decode([Address].self, from: json) == [address])
    }
}
