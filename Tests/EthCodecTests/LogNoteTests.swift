import EthCodec
import EthPrimitives
import Testing

@Suite("LogNote")
struct LogNoteTests {
    static let selector = (UInt256(0x1817_8358) << 224).bigEndianBytes
    static let sender = (0xd8da_6bf2_6964_af9d_7eed_9e03_e534_15d3_7aa9_6045 as UInt256).bigEndianBytes

    @Test("the LibNote layout is selector, sender and two arguments")
    func libNote() throws {
        let note = try LogNote(topics: [Self.selector, Self.sender, B256(), UInt256(7).bigEndianBytes], data: [1])
        #expect(note.selector == Selector(0x1817_8358))
        #expect(note.sender == Address(lowBytesOf: Self.sender))
        #expect(note.argument1.isZero)
        #expect(UInt256(bigEndian: note.argument2) == 7)
        #expect(note.data == [1])
    }

    @Test("the Vat's layout is selector and three arguments")
    func vat() throws {
        let ilk = try #require(B256(ascii: "ETH-A"))
        let what = try #require(B256(ascii: "spot"))
        let file = (UInt256(0x1a0b_287e) << 224).bigEndianBytes
        let note = try VatLogNote(topics: [file, ilk, what, UInt256(9).bigEndianBytes], data: [])
        #expect(note.selector == Selector(0x1a0b_287e))
        #expect(note.argument1.ascii == "ETH-A")
        #expect(note.argument2.ascii == "spot")
        #expect(UInt256(bigEndian: note.argument3) == 9)
    }

    @Test("logs of ordinary events are not taken for notes")
    func others() {
        let event = Keccak256.hash("Transfer(address,address,uint256)")
        #expect(throws: ABIError.self) { try LogNote(topics: [event, Self.sender, B256(), B256()], data: []) }
        #expect(throws: ABIError.wrongTopicCount(expected: 4, actual: 3)) {
            try LogNote(topics: [Self.selector, Self.sender, B256()], data: [])
        }
    }
}
