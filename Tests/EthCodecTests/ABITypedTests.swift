import EthCodec
import EthPrimitives
import Testing

/// Encodes one typed value, checks the size computed beforehand, the dynamic path's opinion, and the way back.
private func roundTrip<Value: ABICodable & Equatable>(_ value: Value, as dynamic: ABIValue) throws {
    let size = Value.abiHeadSize + value.abiTailSize
    var encoder = ABIEncoder(headSize: Value.abiHeadSize, tailSize: value.abiTailSize)
    encoder.add(value)
    #expect(encoder.bytes.count == size)
    #expect(Value.abiType.headSize == Value.abiHeadSize)
    #expect(Value.abiType.isDynamic == Value.abiIsDynamic)
    #expect(try ABIValue.encode([dynamic], as: [Value.abiType]) == encoder.bytes)
    #expect(try ABIValue.decode(encoder.bytes, as: [Value.abiType]) == [dynamic])
    var decoder = ABIDecoder(encoder.bytes)
    #expect(try decoder.next() == value)
    try decoder.finish()
}

@Suite("Typed ABI values")
struct ABITypedTests {
    @Test("integers of every Swift width go both ways")
    func integers() throws {
        try roundTrip(UInt8.max, as: .uint(255))
        try roundTrip(UInt16.max, as: .uint(65535))
        try roundTrip(UInt32.max, as: .uint(0xffff_ffff))
        try roundTrip(UInt64.max, as: .uint(0xffff_ffff_ffff_ffff))
        try roundTrip(UInt128.max, as: .uint(0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff))
        try roundTrip(UInt256.max, as: .uint(.max))
        try roundTrip(Int8.min, as: .int(-128))
        try roundTrip(Int16.max, as: .int(32767))
        try roundTrip(Int32.min, as: .int(Int256(Int64(Int32.min))))
        try roundTrip(Int64.min, as: .int(Int256(Int64.min)))
        try roundTrip(Int128.min, as: .int(try #require(Int256(exactly: Int128.min))))
        try roundTrip(Int256.min, as: .int(.min))
        try roundTrip(try #require(ABIUInt<24>(0xff_ffff)), as: .uint(0xff_ffff))
        try roundTrip(try #require(ABIInt<24>(-0x80_0000)), as: .int(-0x80_0000))
        #expect(ABIUInt<24>(0x100_0000) == nil)
        #expect(ABIInt<24>(0x80_0000) == nil)
    }

    @Test("bytes, text, arrays and their nesting go both ways", arguments: [0, 1, 31, 32, 33, 100])
    func dynamic(length: Int) throws {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 + 1) }
        let text = String(repeating: "é", count: length)
        try roundTrip(ABIBytes(bytes), as: .bytes(bytes))
        try roundTrip(text, as: .string(text))
        try roundTrip(bytes, as: .array(bytes.map { .uint(UInt256($0)) }))
        try roundTrip([ABIBytes(bytes), []], as: .array([.bytes(bytes), .bytes([])]))
        try roundTrip(
            [[text], [], [text, text]],
            as: .array([.array([.string(text)]), .array([]), .array([.string(text), .string(text)])]))
        try roundTrip(
            try #require(ABIFixedArray<2, String>(["", text])), as: .array([.string(""), .string(text)]))
        try roundTrip(
            [try #require(ABIFixedArray<3, Bool>([true, false, true]))],
            as: .array([.array([.bool(true), .bool(false), .bool(true)])]))
    }

    @Test("addresses and fixed bytes are aligned to their side")
    func alignment() throws {
        let address = try Address(hex: "0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826")
        try roundTrip(address, as: .address(address))
        try roundTrip(Selector(0x1817_8358), as: .fixedBytes([0x18, 0x17, 0x83, 0x58]))
        var encoder = ABIEncoder(headSize: 64)
        encoder.add(address)
        encoder.add(Selector(0x1817_8358))
        #expect(
            Hex.encodeUnprefixed(encoder.bytes) == "000000000000000000000000cd2a3d9f938e13cd947ec05abc7fe734df8dd826"
                + "18178358" + String(repeating: "0", count: 56))
    }

    @Test("words out of range are refused")
    func range() {
        func decode<Value: ABICodable>(_ type: Value.Type, _ word: UInt256) throws(ABIError) -> Value {
            try Value(topic: word.bigEndianBytes)
        }
        #expect(throws: ABIError.dirtyPadding(position: 0, type: "bool")) { try decode(Bool.self, 2) }
        #expect(throws: ABIError.dirtyPadding(position: 0, type: "uint8")) { try decode(UInt8.self, 256) }
        #expect(throws: ABIError.dirtyPadding(position: 0, type: "uint24")) { try decode(ABIUInt<24>.self, 0x100_0000) }
        #expect(throws: ABIError.dirtyPadding(position: 0, type: "int8")) { try decode(Int8.self, 128) }
        #expect(throws: ABIError.dirtyPadding(position: 0, type: "int8")) { try decode(Int8.self, .max - 128) }
        #expect(throws: ABIError.dirtyPadding(position: 0, type: "address")) { try decode(Address.self, 1 << 160) }
        #expect(throws: ABIError.dirtyPadding(position: 0, type: "bytes4")) { try decode(Selector.self, 1) }
        #expect(throws: ABIError.invalidUTF8(position: 32)) {
            var decoder = ABIDecoder(words(32, 1, UInt256(0xff) << 248))
            _ = try decoder.next(String.self)
        }
    }

    @Test("a missing answer to a call with outputs is an error of its own")
    func emptyOutput() {
        #expect(throws: ABIError.emptyOutput) { try ABIDecoder(output: []) }
        #expect(ABIError.emptyOutput.description == "the call returned no data: no contract at that address?")
    }
}

/// Words one after the other, big-endian.
func words(_ words: UInt256...) -> [UInt8] { words.flatMap { $0.bigEndianBytes.bytes } }
