internal import EthCodec

/// A cursor over a node's answer: typed members straight from the bytes, without a JSON tree. Members that nobody asks for are walked
/// over and checked; faults carry a place, from which the field's path is found when the error is shown.
///
/// Names are taken as they stand: one that is written with escapes, which no node does, is refused.
public struct FieldScanner: ~Copyable {
    let base: UnsafeRawPointer
    let count: Int
    /// The whole, for what is left to `JSONScanner`.
    let buffer: UnsafeBufferPointer<UInt8>
    var offset = 0

    /// - Parameter buffer: at least one byte, which stays in place while the scanner lives.
    init(_ buffer: UnsafeBufferPointer<UInt8>, _ base: UnsafeRawPointer) {
        self.base = base
        self.buffer = buffer
        count = buffer.count
    }

    /// Where an object or an array is being read.
    struct Members {
        var isFirst = true
        /// Where it begins.
        let start: Int
    }

    /// The name of a member, in place.
    struct Name {
        let digits: UnsafeRawPointer
        let count: Int

        /// Whether the name is this one.
        @inline(__always)
        func callAsFunction(_ name: StaticString) -> Bool {
            var index = 0
            while index < name.utf8CodeUnitCount {
                guard digits.load(fromByteOffset: index, as: UInt8.self) == name.utf8Start[index] else { return false }
                index += 1
            }
            return true
        }
    }

    @inline(__always)
    func byte(_ at: Int) -> UInt8 { base.load(fromByteOffset: at, as: UInt8.self) }

    /// The next byte that is not white space, not consumed.
    @inline(__always)
    mutating func next() throws(FieldFault) -> UInt8 {
        if offset < count {
            let next = byte(offset)
            if next > 0x20 { return next }
        }
        return try nextAfterSpace()
    }

    private mutating func nextAfterSpace() throws(FieldFault) -> UInt8 {
        while offset < count, [0x20, 0x0A, 0x0D, 0x09].contains(byte(offset)) { offset += 1 }
        guard offset < count else { throw FieldFault(.damaged, at: count) }
        return byte(offset)
    }

    func unexpected() -> FieldFault {
        FieldFault(.damaged, at: offset)
    }

    /// Begins an object.
    @inline(__always)
    mutating func object() throws(FieldFault) -> Members {
        guard try next() == UInt8(ascii: "{") else { throw FieldFault(.expected("an object"), at: offset) }
        offset += 1
        return Members(start: offset - 1)
    }

    /// Begins an array.
    @inline(__always)
    mutating func array() throws(FieldFault) -> Members {
        guard try next() == UInt8(ascii: "[") else { throw FieldFault(.expected("an array"), at: offset) }
        offset += 1
        return Members(start: offset - 1)
    }

    /// Inside an object: the next member's name; `nil` at its end, which is consumed.
    @inline(__always)
    mutating func nextName(_ members: inout Members) throws(FieldFault) -> Name? {
        guard try another(&members, UInt8(ascii: "}")) else { return nil }
        guard try next() == UInt8(ascii: "\"") else { throw unexpected() }
        let start = offset + 1
        let end = plainEnd(from: start)
        guard end < count, byte(end) == UInt8(ascii: "\"") else { throw FieldFault(.damaged, at: end) }
        offset = end + 1
        guard try next() == UInt8(ascii: ":") else { throw unexpected() }
        offset += 1
        _ = try next()
        return Name(digits: base + start, count: end - start)
    }

    /// Where, from `start` on, the first byte is that ends a name or has no place in one: a quote, a backslash, a control character, or a
    /// byte outside ASCII. Eight bytes are looked at at a time.
    @inline(__always)
    private func plainEnd(from start: Int) -> Int {
        let (ones, highs) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
        var index = start
        while index + 8 <= count {
            let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
            let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            // The high bit of a byte: zero after exclusive or, below 0x20, or outside ASCII. The lowest one set is exact.
            let found =
                ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | (word &- ones &* 0x20) & ~word | word) & highs
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            let byte = byte(index)
            if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
            index += 1
        }
        return index
    }

    /// Inside an array: whether another element follows; its end is consumed.
    @inline(__always)
    mutating func nextElement(_ members: inout Members) throws(FieldFault) -> Bool {
        guard try another(&members, UInt8(ascii: "]")) else { return false }
        _ = try next()
        return true
    }

    @inline(__always)
    private mutating func another(_ members: inout Members, _ end: UInt8) throws(FieldFault) -> Bool {
        let byte = try next()
        if byte == end {
            offset += 1
            return false
        }
        if members.isFirst {
            members.isFirst = false
            return true
        }
        guard byte == UInt8(ascii: ",") else { throw unexpected() }
        offset += 1
        _ = try next()
        return true
    }

    /// Walks over a value that nobody reads, and checks it.
    mutating func skip() throws(FieldFault) {
        var scanner = JSONScanner(buffer, offset: offset)
        do throws(JSONError) { _ = try scanner.skip() } catch { throw FieldFault(.damaged, at: error.offset) }
        offset = scanner.offset
    }

    /// Requires that only white space follows.
    mutating func end() throws(FieldFault) {
        while offset < count, [0x20, 0x0A, 0x0D, 0x09].contains(byte(offset)) { offset += 1 }
        guard offset == count else { throw FieldFault(.damaged, at: offset) }
    }

    /// Whether the next value is `null`, which is then consumed.
    @inline(__always)
    mutating func null() throws(FieldFault) -> Bool {
        guard try next() == UInt8(ascii: "n") else { return false }
        try skip()
        return true
    }
}
