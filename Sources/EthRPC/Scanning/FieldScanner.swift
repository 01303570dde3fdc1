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
        var end = start
        while true {
            guard end < count else { throw FieldFault(.damaged, at: count) }
            let byte = byte(end)
            if byte == UInt8(ascii: "\"") { break }
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\\") else {
                throw FieldFault(.damaged, at: end)
            }
            end += 1
        }
        offset = end + 1
        guard try next() == UInt8(ascii: ":") else { throw unexpected() }
        offset += 1
        _ = try next()
        return Name(digits: base + start, count: end - start)
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
