import EthCodec
import EthPrimitives
import Testing

@Suite("Bindings of the test interface")
struct EverythingTests {
    @Test("awkward names and every kind of type encode like the dynamic path")
    func mix() throws {
        let order = Everything.Order(id: Selector(0x0102_0304), inner: .init(note: "n", big: -1))
        let call = Everything.MixCall(
            in: [1], in_1: "two", callData_2: [3], fixed: try #require(ABIFixedArray(["a", "b"])), FixedBytes<24>(),
            order: [try #require(ABIFixedArray([order, order]))], point: .init(x: -5, y: 6))
        guard case .tuple(let types) = try ABIType(parsing: String(Everything.MixCall.signature.dropFirst(3))) else { return }
        let dynamicOrder = ABIValue.tuple([.fixedBytes([1, 2, 3, 4]), .tuple([.string("n"), .int(-1)])])
        let expected = try ABIValue.encode(
            [
                .bytes([1]), .string("two"), .array([.uint(3)]), .array([.string("a"), .string("b")]),
                .fixedBytes([UInt8](repeating: 0, count: 24)), .array([.array([dynamicOrder, dynamicOrder])]),
                .tuple([.int(-5), .int(6)]),
            ], as: types)
        #expect(call.callData == Everything.MixCall.selector.bytes + expected)
        #expect(
            Everything.MixCall.signature
                == "mix(bytes,string,uint8[],string[2],function,(bytes4,(string,int256))[2][],(int64,int128))")
    }

    @Test("overloads that differ in case and parameters, and unnamed outputs")
    func overloads() throws {
        #expect(Everything.SumAddressCall(encoder: .zero).callData.count == 36)
        let data = try ABIValue.encode(
            [.int(-1), .array([.uint(5)]), .bool(true)], as: [.int(bits: 24), .array(.uint(bits: 160)), .bool])
        let output = try Everything.SumCall.decodeOutput(data)
        #expect(output.value0.value == -1)
        #expect(output.value1.map(\.value) == [5])
        #expect(output.in)
    }

    @Test("static tuples lie in the head")
    func staticTuple() { #expect(Everything.SetPointCall(point: .init(x: 1, y: 2)).callData.count == 4 + 64) }

    @Test("indexed text stays a hash, indexed values are decoded")
    func event() throws {
        let hash = Keccak256.hash("memo")
        let data = try ABIValue.encode([.bytes([9])], as: [.bytes])
        let event = try Everything.MovedAddressStringBytesBoolEvent(
            topics: [Everything.MovedAddressStringBytesBoolEvent.topic0, B256(), hash, UInt256(1).bigEndianBytes], data: data)
        #expect(event.memoHash == hash)
        #expect(event.data == [9])
        #expect(event.ok)
        #expect(event.who == .zero)
        #expect(throws: Never.self) { try Everything.CageEvent(topics: [Everything.CageEvent.topic0], data: []) }
    }

    @Test("anonymous events are told by their shape")
    func anonymous() throws {
        let note = try Everything.NoteEvent(
            topics: [(UInt256(0x1817_8358) << 224).bigEndianBytes], data: UInt256(4).bigEndianBytes.bytes)
        #expect(note.sig == Selector(0x1817_8358))
        #expect(note.wad == 4)
    }

    @Test("custom errors are read from revert data")
    func errors() throws {
        let network = try #require(B256(ascii: "chainlink"))
        #expect(Everything.NotMasterError.selector.description == "0xd58409f6")
        #expect(try Everything.NotMasterError(revertData: [0xd5, 0x84, 0x09, 0xf6] + network.bytes).network == network)
        #expect(throws: ABIError.wrongSelector(expected: Everything.NotMasterError.selector, actual: [1])) {
            try Everything.NotMasterError(revertData: [1])
        }
        #expect(throws: Never.self) { try Everything.NotTolledError(revertData: Everything.NotTolledError.selector.bytes) }
        let text = try ABIValue.encode([.string("why")], as: [.string])
        let selector = Everything.ABIErrorError.selector.bytes
        #expect(try Everything.ABIErrorError(revertData: selector + text).value0 == "why")
        #expect(throws: ABIError.unreadBytes(count: 1)) { try Everything.ABIErrorError(revertData: selector + text + [1]) }
    }
}
