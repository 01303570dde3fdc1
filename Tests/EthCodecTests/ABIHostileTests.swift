import EthCodec
import EthPrimitives
import TestSupport
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

    /// Decodes damaged bytes by both paths; they must agree on the value, or on what is wrong.
    private static func compare<Value: ABICodable & Equatable>(
        _ value: Value, rounds: Int, _ random: inout SeededRandom, _ dynamic: (Value) -> ABIValue
    ) {
        let bytes = ABIEncoder.encode(value)
        for _ in 0..<rounds {
            var damaged = random.mutation(of: bytes)
            // Offsets and lengths sit in the last bytes of words, so damage there is the most telling.
            for _ in 0..<2 where damaged.count >= 32 {
                let word = Int.random(in: 0..<damaged.count / 32, using: &random)
                damaged[word * 32 + 31 - Int.random(in: 0...2, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let typed = Result {
                var decoder = ABIDecoder(damaged)
                let value = try decoder.next(Value.self)
                try decoder.finish()
                return dynamic(value)
            }
            let untyped = Result { try ABIValue.decode(damaged, as: [Value.abiType])[0] }
            switch (typed, untyped) {
            case (.success(let a), .success(let b)): #expect(a == b)
            case (.failure(let a), .failure(let b)): #expect("\(a)" == "\(b)")
            default: Issue.record("the paths disagree on \(Hex.encode(damaged)) as \(Value.abiType)")
            }
        }
    }

    @Test("damaged bytes never trap, and the typed and the dynamic path agree on them")
    func damaged() throws {
        var random = SeededRandom(0xAB1)
        Self.compare([ABIBytes([1, 2, 3]), [], ABIBytes([UInt8](repeating: 7, count: 40))], rounds: 3_000, &random) {
            .array($0.map { .bytes($0.bytes) })
        }
        Self.compare([["a", ""], [], [String(repeating: "é", count: 20)]], rounds: 3_000, &random) {
            .array($0.map { .array($0.map { .string($0) }) })
        }
        let pairs = [try #require(ABIFixedArray<2, Int16>([-1, 2])), try #require(ABIFixedArray<2, Int16>([3, .min]))]
        Self.compare(pairs, rounds: 2_000, &random) { .array($0.map { .array($0.elements.map { .int(Int256(Int64($0))) }) }) }
        Self.compare([Address.zero], rounds: 1_000, &random) { .array($0.map { .address($0) }) }
        Self.compare(try #require(ABIFixedArray<3, Bool>([true, false, true])), rounds: 1_000, &random) {
            .array($0.elements.map { .bool($0) })
        }
    }

    @Test("counts that fit the data only once cannot be asked for level by level")
    func nestedCounts() {
        // Sixteen levels, each an array of as many elements as data follow, of which only the first is there.
        let levels = 16
        var type = ABIType.uint(bits: 256)
        for _ in 0..<levels { type = .array(type) }
        var data = words(32)
        for level in 0..<levels { data += words(UInt256(UInt64(2_000 - 2 * level)), 32) }
        data += [UInt8](repeating: 0, count: 2_100 * 32 - data.count)
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
