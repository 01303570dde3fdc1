import EthCodec
import EthPrimitives
import Testing

@Suite("ABI decoding of hostile bytes")
struct ABIHostileTests {
    @Test(
        "offsets and lengths beyond the data are refused without allocating",
        arguments: [
            (words(.max), ABIError.tooLarge(position: 0)),
            (words(64), .tooLarge(position: 0)),
            (words(1 << 63), .tooLarge(position: 0)),
            (words(32), .outOfBounds(position: 32, needed: 32, available: 32)),
            (words(32, .max), .tooLarge(position: 32)),
            (words(32, 1), .tooLarge(position: 32)),
            (words(32, 0x7fff_ffff_ffff_ffff), .tooLarge(position: 32)),
            (Array(words(32)[..<31]), .outOfBounds(position: 0, needed: 32, available: 31)),
        ])
    func bounds(data: [UInt8], error: ABIError) {
        #expect(throws: error) { try ABIValue.decode(data, as: [.bytes]) }
        #expect(throws: error) {
            var decoder = ABIDecoder(data)
            _ = try decoder.next(ABIBytes.self)
        }
    }

    @Test("array lengths beyond the data are refused without allocating", arguments: [2, 1 << 40, 1 << 63, .max] as [UInt256])
    func arrayLength(count: UInt256) {
        let data = words(32, count, 7)
        #expect(throws: ABIError.tooLarge(position: 32)) { try ABIValue.decode(data, as: [.array(.uint(bits: 256))]) }
        #expect(throws: ABIError.tooLarge(position: 32)) {
            var decoder = ABIDecoder(data)
            _ = try decoder.next([UInt256].self)
        }
    }

    @Test("arrays whose elements all point to one place are refused instead of multiplied")
    func amplification() {
        // An array of 100 byte strings, every offset pointing to the same string of 64 bytes.
        let count = 100
        let offset = UInt256(count * 32)
        var data = words(32, UInt256(count))
        for _ in 0..<count { data += words(offset) }
        data += words(64, .max, .max)
        #expect(throws: ABIError.overlappingData) { try ABIValue.decode(data, as: [.array(.bytes)]) }
        #expect(throws: ABIError.overlappingData) {
            var decoder = ABIDecoder(data)
            _ = try decoder.next([ABIBytes].self)
        }
    }

    @Test("an array that contains itself is refused")
    func selfReference() {
        // Each level's only element points back to its own start.
        let data = words(32, 1, 0, 1, 0, 1, 0)
        var type = ABIType.uint(bits: 256)
        for _ in 0..<20 { type = .array(type) }
        #expect(throws: ABIError.self) { try ABIValue.decode(data, as: [type]) }
    }

    @Test("types nested deeper than the limit are refused")
    func depth() {
        var type = ABIType.bool
        for _ in 0..<100 { type = .fixedArray(type, count: 1) }
        #expect(throws: ABIError.tooDeep(maximum: 32)) { try ABIValue.decode(words(1), as: [type]) }
    }

    @Test("elements without bytes cannot ask for endless arrays")
    func emptyElements() {
        for element in [ABIType.tuple([]), .fixedArray(.bool, count: 0)] {
            #expect(throws: ABIError.tooLarge(position: 32)) {
                try ABIValue.decode(words(32, 1 << 40), as: [.array(element)])
            }
        }
    }

    @Test("fixed arrays larger than the data are refused before anything is allocated")
    func largeFixedArray() {
        let type = ABIType.fixedArray(.fixedArray(.bool, count: .max / 2), count: .max / 2)
        #expect(throws: ABIError.self) { try ABIValue.decode(words(1, 1), as: [type]) }
        #expect(throws: ABIError.self) { try ABIValue.decode(words(32, 1), as: [.fixedArray(.string, count: 1 << 40)]) }
    }

    @Test("dirty padding behind a byte string is refused")
    func padding() {
        var data = words(32, 1, UInt256(0xaa) << 248)
        #expect(throws: Never.self) { try ABIValue.decode(data, as: [.bytes]) }
        data[95] = 1
        #expect(throws: ABIError.dirtyPadding(position: 32, type: "bytes")) { try ABIValue.decode(data, as: [.bytes]) }
    }

    @Test("bytes that belong to no value are reported on demand")
    func unread() throws {
        #expect(throws: ABIError.unreadBytes(count: 32)) { try ABIValue.decode(words(1, 2), as: [.bool]) }
        var decoder = try ABIDecoder(output: words(1, 2))
        #expect(try decoder.next(Bool.self))
    }

    @Test("values that do not fit their type are refused when encoding")
    func mismatch() {
        #expect(throws: ABIError.mismatch(type: "uint8")) { try ABIValue.encode([.uint(256)], as: [.uint(bits: 8)]) }
        #expect(throws: ABIError.mismatch(type: "int8")) { try ABIValue.encode([.int(-129)], as: [.int(bits: 8)]) }
        #expect(throws: ABIError.mismatch(type: "bytes4")) {
            try ABIValue.encode([.fixedBytes([1])], as: [.fixedBytes(count: 4)])
        }
        #expect(throws: ABIError.mismatch(type: "bool[2]")) {
            try ABIValue.encode([.array([.bool(true)])], as: [.fixedArray(.bool, count: 2)])
        }
        #expect(throws: ABIError.wrongCount(expected: 1, actual: 0)) { try ABIValue.encode([], as: [.bool]) }
    }
}
