import EthCodec
import EthPrimitives
import TestSupport
import Testing

@Suite("RLP read in place")
struct RLPReaderTests {
    static let address = Address(FixedBytes<20>(unsafeFilledBy: { for index in $0.indices { $0[index] = UInt8(index + 1) } }))

    /// A list with one field of every kind, behind a type byte.
    static func record(_ big: UInt256, _ data: [UInt8]) -> [UInt8] {
        RLPEncoder.encodeList(prefix: 0x02) { list in
            list.append(9_000_000_000 as UInt64)
            list.append(big)
            list.append(Wei(big))
            list.append(address)
            list.append(nil as Address?)
            list.append(data)
            list.appendList { keys in
                keys.append(big.bigEndianBytes)
                keys.appendList { $0.append(data) }
            }
        }
    }

    @Test(
        "every kind of field comes back, whatever its size",
        arguments: [0, 1, 31, 32, 55, 56, 300, 70_000],
        [0, 1, 0x7f, 0x80, 1 << 63, 1 << 64, 1 << 72, 1 << 128, 1 << 136, 1 << 192, 1 << 200, .max] as [UInt256])
    func fields(length: Int, big: UInt256) throws {
        let data = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + 1) }
        let bytes = Self.record(big, data)
        #expect(bytes[0] == 0x02)
        #expect(
            Array(bytes.dropFirst())
                == RLPEncoder.encode(
                    .list([
                        .integer(9_000_000_000 as UInt64), .integer(big), .integer(big), .bytes(Self.address.bytes), .bytes([]),
                        .bytes(data), .list([.bytes(big.bigEndianBytes.bytes), .list([.bytes(data)])]),
                    ])))
        try RLPReader.read(bytes, from: 1) { reader throws(RLPError) in
            var list = try reader.list(count: 7)
            #expect(try list.uint64() == 9_000_000_000)
            #expect(try list.uint256() == big)
            #expect(try list.wei() == Wei(big))
            #expect(try list.address() == Self.address)
            #expect(try list.optionalAddress() == nil)
            #expect(try list.bytes() == data)
            #expect(list.isAtList)
            var keys = try list.list()
            #expect(try keys.fixedBytes(B256.self) == big.bigEndianBytes)
            var inner = try keys.list(count: 1)
            #expect(try inner.string().elementsEqual(data))
            #expect(inner.isAtEnd && keys.isAtEnd && list.isAtEnd)
        }
    }

    @Test("an encoder that grows writes what a measured list holds")
    func growing() {
        let data = [UInt8](repeating: 0xaa, count: 300)
        var encoder = RLPEncoder()
        encoder.appendList { list in
            for _ in 0..<40 {
                list.append(data)
                list.append(UInt256.max)
            }
        }
        let measured = RLPEncoder.encodeList { list in
            for _ in 0..<40 {
                list.append(data)
                list.append(UInt256.max)
            }
        }
        #expect(encoder.bytes == measured)
        #expect(RLPEncoder.encodeList { _ in } == [0xc0])
    }

    @Test("fields are read as strictly as items")
    func strictness() throws {
        func error(_ hex: String, _ read: (inout RLPReader) throws(RLPError) -> Void) throws -> RLPError? {
            let bytes = try Hex.decode(hex)
            do throws(RLPError) {
                try RLPReader.read(bytes) { reader throws(RLPError) in try read(&reader) }
                return nil
            } catch {
                return error
            }
        }
        #expect(try error("0x00") { reader throws(RLPError) in _ = try reader.uint64() } == .leadingZero)
        #expect(try error("0x820001") { reader throws(RLPError) in _ = try reader.uint256() } == .leadingZero)
        #expect(
            try error("0x89010203040506070809") { reader throws(RLPError) in _ = try reader.uint64() }
                == .integerTooLarge(bits: 64))
        #expect(
            try error("0xa1" + String(repeating: "01", count: 33)) { reader throws(RLPError) in _ = try reader.uint256() }
                == .integerTooLarge(bits: 256))
        #expect(try error("0xc0") { reader throws(RLPError) in _ = try reader.string() } == .expectedBytes)
        #expect(try error("0x80") { reader throws(RLPError) in _ = try reader.list() } == .expectedList)
        #expect(
            try error("0xc101") { reader throws(RLPError) in _ = try reader.list(count: 2) }
                == .wrongCount(expected: 2, actual: 1))
        #expect(
            try error("0x820102") { reader throws(RLPError) in _ = try reader.address() } == .wrongLength(expected: 20, actual: 2)
        )
        #expect(try error("0x0102") { reader throws(RLPError) in try reader.skip() } == .trailingBytes(count: 1))
        #expect(try error("0x8105") { reader throws(RLPError) in try reader.skip() } == .notCanonical(position: 0))
        #expect(try error("0x8105") { reader throws(RLPError) in _ = try reader.string() } == .notCanonical(position: 0))
        #expect(try error("0x") { reader throws(RLPError) in _ = try reader.string() } == .truncated(position: 0))
        #expect(
            try error("0xc101") { reader throws(RLPError) in
                var list = try reader.list()
                _ = try list.uint64()
                _ = try list.uint64()
            } == .missingValue(position: 2))
        #expect(
            try error("0xc28301") { reader throws(RLPError) in
                var list = try reader.list()
                _ = try list.string()
            } == .truncated(position: 1))
        #expect(
            try error("0xc1828080") { reader throws(RLPError) in
                var list = try reader.list()
                _ = try list.string()
            } == .overrunsList(position: 1))
    }

    @Test("passing a value returns its encoding")
    func skipping() throws {
        let values: [[UInt8]] = [
            [0x05], [0x80], [0xc2, 0x01, 0x02], RLPEncoder.encode(.bytes([UInt8](repeating: 3, count: 100))),
        ]
        let list = RLPEncoder.encode(
            .list([.bytes([5]), .bytes([]), .list([.bytes([1]), .bytes([2])]), .bytes([UInt8](repeating: 3, count: 100))]))
        try RLPReader.read(list) { reader throws(RLPError) in
            var members = try reader.list(count: 4)
            for value in values { #expect(try members.skip().elementsEqual(value)) }
        }
    }

    @Test("damaged bytes never trap, and reading in place agrees with the tree")
    func damaged() {
        var random = SeededRandom(0x524C50)
        let seed = Self.record(1 << 130, [UInt8](repeating: 9, count: 60))
        for _ in 0..<20_000 {
            let bytes = Array(random.mutation(of: seed).dropFirst())
            let tree = Result { try RLPDecoder.decode(bytes) }
            let walked = Result {
                try RLPReader.read(bytes) { reader throws(RLPError) in try Self.walk(&reader, depth: 0) }
            }
            switch (tree, walked) {
            case (.success(let item), .success(let encoding)):
                #expect(encoding == bytes && RLPEncoder.encode(item) == bytes)
            case (.failure(let a), .failure(let b)): #expect("\(a)" == "\(b)")
            default: Issue.record("the tree and the reader disagree on \(Hex.encode(bytes))")
            }
        }
    }

    /// The encoding of the next value, put together from its parts.
    static func walk(_ reader: inout RLPReader, depth: Int) throws(RLPError) -> [UInt8] {
        guard reader.isAtList else {
            var encoder = RLPEncoder()
            encoder.append(try reader.bytes())
            return encoder.bytes
        }
        guard depth < RLPDecoder.defaultMaximumDepth else { throw .tooDeep(maximum: RLPDecoder.defaultMaximumDepth) }
        var (members, payload) = (try reader.list(), [UInt8]())
        while !members.isAtEnd { payload += try walk(&members, depth: depth + 1) }
        let whole = RLPEncoder.encode(.bytes(payload.count == 1 ? payload + [0] : payload))
        // A list's header is a string's header moved by 0x40; one byte alone has none, so its length is put down here.
        return payload.count == 1 ? [0xc1] + payload : [whole[0] + 0x40] + whole.dropFirst()
    }
}
