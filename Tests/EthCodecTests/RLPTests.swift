import EthCodec
import EthPrimitives
import Testing

@Suite("RLP")
struct RLPTests {
    static let integerCases: [(UInt256, String)] = [
        (0, "0x80"), (1, "0x01"), (0x7f, "0x7f"), (0x80, "0x8180"), (0x0400, "0x820400"),
        (0xffff_ffff_ffff_ffff, "0x88ffffffffffffffff"),
        (0x1_0000_0000_0000_0000, "0x89010000000000000000"), (.max, "0xa0" + String(repeating: "f", count: 64)),
    ]

    @Test("integers are written without leading zeros", arguments: integerCases)
    func integers(value: UInt256, hex: String) throws {
        let bytes = try Hex.decode(hex)
        var encoder = RLPEncoder()
        encoder.append(value)
        #expect(encoder.bytes == bytes)
        #expect(RLPEncoder.encode(.integer(value)) == bytes)
        #expect(try RLPDecoder.decode(bytes).asUInt256() == value)
        if let small = value.asUInt64 {
            var encoder = RLPEncoder()
            encoder.append(small)
            #expect(encoder.bytes == bytes)
            #expect(try RLPDecoder.decode(bytes).asUInt64() == small)
        }
    }

    @Test("the direct encoder writes what the tree of items writes", arguments: [0, 1, 3, 54, 55, 56, 57, 255, 256, 70_000])
    func direct(length: Int) throws {
        let string = [UInt8](repeating: 0xab, count: length)
        let address = Address(FixedBytes<20>(unsafeFilledBy: { for index in $0.indices { $0[index] = UInt8(index) } }))
        var encoder = RLPEncoder()
        encoder.appendList { list in
            list.append(7 as UInt64)
            list.append(address)
            list.append(nil as Address?)
            list.append(B256())
            list.append(Wei(0))
            list.appendList { $0.append(string) }
        }
        let tree = RLPItem.list([
            .bytes([7]), .bytes(address.bytes), .bytes([]), .bytes([UInt8](repeating: 0, count: 32)), .bytes([]),
            .list([.bytes(string)]),
        ])
        #expect(encoder.bytes == RLPEncoder.encode(tree))
        #expect(try RLPDecoder.decode(encoder.bytes) == tree)
    }

    @Test("fields are read strictly")
    func fields() throws {
        #expect(throws: RLPError.leadingZero) { try RLPItem.bytes([0]).asUInt64() }
        #expect(throws: RLPError.integerTooLarge(bits: 64)) { try RLPItem.bytes([UInt8](repeating: 1, count: 9)).asUInt64() }
        #expect(throws: RLPError.integerTooLarge(bits: 256)) { try RLPItem.bytes([UInt8](repeating: 1, count: 33)).asUInt256() }
        #expect(throws: RLPError.expectedBytes) { try RLPItem.list([]).asBytes() }
        #expect(throws: RLPError.expectedList) { try RLPItem.bytes([]).asList() }
        #expect(throws: RLPError.wrongCount(expected: 2, actual: 0)) { try RLPItem.list([]).asList(count: 2) }
        #expect(throws: RLPError.wrongLength(expected: 20, actual: 19)) {
            try RLPItem.bytes([UInt8](repeating: 1, count: 19)).asAddress()
        }
        #expect(try RLPItem.bytes([]).asOptionalAddress() == nil)
    }

    @Test("nesting deeper than the limit is refused, up to it accepted")
    func depth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            var item = RLPItem.list([])
            for _ in 1..<depth { item = .list([item]) }
            return RLPEncoder.encode(item)
        }
        _ = try RLPDecoder.decode(nested(5), maximumDepth: 5)
        #expect(throws: RLPError.tooDeep(maximum: 5)) { try RLPDecoder.decode(nested(6), maximumDepth: 5) }
        #expect(throws: RLPError.tooDeep(maximum: 32)) { try RLPDecoder.decode(nested(2000)) }
    }

    static let errorCases: [(String, RLPError)] = [
        ("0x", .truncated(position: 0)), ("0x0102", .trailingBytes(count: 1)), ("0x8105", .notCanonical(position: 0)),
        ("0xc28201", .truncated(position: 1)), ("0xc1828080", .overrunsList(position: 1)),
        ("0xb801ff", .notCanonical(position: 0)),
        ("0xbfffffffffffffffff", .truncated(position: 0)), ("0xb90001", .notCanonical(position: 0)),
    ]

    @Test("errors say what is wrong", arguments: errorCases)
    func errors(hex: String, error: RLPError) throws {
        let bytes = try Hex.decode(hex)
        #expect(throws: error) { try RLPDecoder.decode(bytes) }
    }

    @Test("input above the size limit is refused")
    func size() {
        #expect(throws: RLPError.tooLong(bytes: 3, maximum: 2)) { try RLPDecoder.decode([0x82, 1, 2], maximumBytes: 2) }
    }

    @Test("damaged bytes never trap, and what still decodes encodes to the same bytes")
    func damaged() throws {
        var random = SplitMix(state: 7)
        let seed = RLPEncoder.encode(
            .list([.integer(300 as UInt64), .list([.bytes([UInt8](repeating: 9, count: 60))]), .bytes([])]))
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            // Refusing damaged bytes is as good as reading them.
            if let item = try? RLPDecoder.decode(bytes) { #expect(RLPEncoder.encode(item) == bytes) }
        }
    }
}

/// A small deterministic generator (SplitMix64), so that failures repeat.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
