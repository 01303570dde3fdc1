internal import EthPrimitives

/// Writes the parameters of a request into memory of a known size: the reads that keepers send most are never built as a tree.
struct RequestText: ~Copyable {
    private let start: UnsafeMutableRawPointer
    private let capacity: Int
    private(set) var count = 0

    /// The bytes that `write` writes, at most `capacity`.
    static func bytes(capacity: Int, _ write: (inout RequestText) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
            guard let start = buffer.baseAddress else { return }
            var text = RequestText(start: UnsafeMutableRawPointer(start), capacity: capacity)
            write(&text)
            initialized = text.count
        }
    }

    private init(start: UnsafeMutableRawPointer, capacity: Int) {
        self.start = start
        self.capacity = capacity
    }

    /// Room for so many bytes, which the caller fills.
    private mutating func next(_ length: Int) -> UnsafeMutableRawBufferPointer {
        precondition(length <= capacity - count, "more text than was counted")
        defer { count += length }
        return UnsafeMutableRawBufferPointer(start: start + count, count: length)
    }

    mutating func write(_ text: StaticString) {
        next(text.utf8CodeUnitCount).copyMemory(
            from: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func write(_ bytes: [UInt8]) { bytes.withUnsafeBytes { next($0.count).copyMemory(from: $0) } }

    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { next($0.count).copyMemory(from: UnsafeRawBufferPointer($0)) }
    }

    /// A string of `0x` and two digits a byte.
    mutating func hex(_ bytes: UnsafeRawBufferPointer) {
        write("\"0x")
        HexDigits.write(bytes, to: next(2 * bytes.count))
        write("\"")
    }

    mutating func hex(_ bytes: [UInt8]) { bytes.withUnsafeBytes { hex($0) } }
    mutating func hex(_ address: Address) { address.word.withUnsafeBytes { hex($0) } }
    mutating func hex(_ word: B256) { word.withUnsafeBytes { hex($0) } }

    /// A string of `0x` and the digits of a number without leading zeros.
    mutating func quantity(_ value: UInt64) {
        write("\"0x")
        let digits = max(1, (67 - value.leadingZeroBitCount) / 4)
        let out = next(digits)
        for index in 0..<digits {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(4 * (digits - 1 - index)) & 15)
            out[index] = digit + (digit < 10 ? 0x30 : 0x61 - 10)
        }
        write("\"")
    }

    mutating func quantity(_ value: UInt256) {
        if let small = value.asUInt64 { return quantity(small) }
        write("\"")
        write(value.hexQuantity)
        write("\"")
    }

    /// An integer in decimal digits.
    mutating func decimal(_ value: UInt64) {
        guard value > 9 else { return digit(value) }
        var divisor: UInt64 = 10
        while value / divisor > 9 { divisor *= 10 }
        while divisor > 0 {
            digit(value / divisor % 10)
            divisor /= 10
        }
    }

    private mutating func digit(_ value: UInt64) { next(1)[0] = 0x30 + UInt8(truncatingIfNeeded: value) }

    /// At most 100 bytes.
    mutating func block(_ block: BlockReference) {
        switch block {
        case .latest: write("\"latest\"")
        case .pending: write("\"pending\"")
        case .safe: write("\"safe\"")
        case .finalized: write("\"finalized\"")
        case .earliest: write("\"earliest\"")
        case .number(let number): quantity(number)
        case .hash(let hash):
            write("{\"blockHash\":")
            hex(hash)
            write("}")
        case .canonicalHash(let hash):
            write("{\"blockHash\":")
            hex(hash)
            write(",\"requireCanonical\":true}")
        case .bareHash(let hash): hex(hash)
        }
    }
}
