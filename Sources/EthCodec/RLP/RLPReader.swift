/// Reads RLP (Ethereum yellow paper, appendix B) value by value from bytes that stay where they are: no tree, no copies.
///
/// As strict as `RLPDecoder`, for readers that know what to expect:
///
/// ```swift
/// let transfer = try RLPReader.read(bytes, from: 1) { reader throws(RLPError) in
///     var list = try reader.list(count: 2)
///     return Transfer(nonce: try list.uint64(), recipient: try list.address())
/// }
/// ```
///
/// A reader, and every buffer that it hands out, is valid only as long as the memory that it was made from.
@frozen
public struct RLPReader {
    /// All of the input: positions in errors count from its start.
    @usableFromInline let input: UnsafeRawBufferPointer
    /// Where the next value begins.
    @usableFromInline var cursor: Int
    /// Where the list that is being read ends.
    @usableFromInline let end: Int

    /// Reads `input`, from an offset on.
    @inlinable
    public init(_ input: UnsafeRawBufferPointer, from offset: Int = 0) {
        precondition(offset >= 0 && offset <= input.count, "an offset beyond the input")
        self.init(input: input, position: offset, end: input.count)
    }

    @inlinable
    init(input: UnsafeRawBufferPointer, position: Int, end: Int) {
        self.input = input
        cursor = position
        self.end = end
    }

    /// Reads an array in place, and requires that `body` reads all of it.
    ///
    /// Throws what `body` throws, `RLPError.trailingBytes` if something is left.
    @inlinable
    public static func read<Result>(
        _ bytes: [UInt8], from offset: Int = 0, _ body: (inout RLPReader) throws(RLPError) -> Result
    ) throws(RLPError) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(RLPError) -> Result in
            var reader = RLPReader(UnsafeRawBufferPointer(buffer), from: offset)
            let result = try body(&reader)
            try reader.finish()
            return result
        }
    }

    /// Where the next value begins, counted from the start of the input.
    @inlinable
    public var position: Int { cursor }

    /// Whether nothing is left of the list, or of the input.
    @inlinable
    public var isAtEnd: Bool { cursor == end }

    /// Throws `RLPError.trailingBytes` if something is left.
    @inlinable
    public func finish() throws(RLPError) {
        guard isAtEnd else { throw .trailingBytes(count: end - cursor) }
    }

    /// Whether the next value is a list; `false` at the end.
    @inlinable
    public var isAtList: Bool { cursor < end && input[cursor] >= 0xc0 }

    // MARK: Headers

    /// Reads a byte string and returns it where it is.
    ///
    /// Throws `RLPError.expectedBytes` on a list.
    @inlinable
    public mutating func string() throws(RLPError) -> UnsafeRawBufferPointer {
        let start = cursor
        guard start < end else { throw missingValue() }
        let prefix = input[start]
        if prefix < 0x80 {
            cursor = start + 1
            return slice(start, 1)
        }
        // Short strings need no call: the header is one byte.
        let short = Int(prefix &- 0x80)
        if short < 56, short != 1, short < end &- start {
            cursor = start &+ 1 &+ short
            return slice(start &+ 1, short)
        }
        guard prefix < 0xc0 else { throw .expectedBytes }
        let (payload, count) = try extent(prefix, short: 0x80)
        if count == 1, input[payload] < 0x80 { throw .notCanonical(position: start) }
        cursor = payload &+ count
        return slice(payload, count)
    }

    /// Enters a list: the reader of its members. This reader stands behind the list.
    ///
    /// Throws `RLPError.expectedList` on a byte string. Call `finish()` on the members' reader once they are read.
    @inlinable
    public mutating func list() throws(RLPError) -> RLPReader {
        guard cursor < end else { throw missingValue() }
        let prefix = input[cursor]
        guard prefix >= 0xc0 else { throw .expectedList }
        let (payload, count) = try extent(prefix, short: 0xc0)
        cursor = payload &+ count
        return RLPReader(input: input, position: payload, end: payload + count)
    }

    /// Enters a list of exactly `count` members. Throws `RLPError.wrongCount` if it has another number.
    @inlinable
    public mutating func list(count: Int) throws(RLPError) -> RLPReader {
        let members = try list()
        let actual = try members.count()
        guard actual == count else { throw .wrongCount(expected: count, actual: actual) }
        return members
    }

    /// The number of values left; what lists among them hold is not looked at.
    public func count() throws(RLPError) -> Int {
        var (walker, count) = (self, 0)
        while walker.cursor < walker.end {
            let prefix = input[walker.cursor]
            if prefix < 0x80 {
                walker.cursor &+= 1
            } else {
                let (payload, length) = try walker.extent(prefix, short: prefix < 0xc0 ? 0x80 : 0xc0)
                if prefix == 0x81, input[payload] < 0x80 { throw .notCanonical(position: walker.cursor) }
                walker.cursor = payload &+ length
            }
            count &+= 1
        }
        return count
    }

    /// Passes the next value and returns its whole encoding; what a list holds is not looked at.
    @inlinable
    @discardableResult
    public mutating func skip() throws(RLPError) -> UnsafeRawBufferPointer {
        let start = cursor
        guard start < end else { throw missingValue() }
        let prefix = input[start]
        if prefix < 0x80 {
            cursor = start + 1
        } else {
            let (payload, count) = try extent(prefix, short: prefix < 0xc0 ? 0x80 : 0xc0)
            if count == 1, prefix == 0x81, input[payload] < 0x80 { throw .notCanonical(position: start) }
            cursor = payload &+ count
        }
        return slice(start, cursor - start)
    }

    /// Bytes at a position that has been checked.
    @inlinable
    @inline(__always)
    func slice(_ start: Int, _ count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: input.baseAddress.map { $0 + start }, count: count)
    }

    /// Where the payload of the value at `cursor` is, known to end before `end`.
    @inlinable
    @inline(__always)
    func extent(_ prefix: UInt8, short: UInt8) throws(RLPError) -> (start: Int, count: Int) {
        let count = Int(prefix &- short)
        guard count < 56 else { return try longExtent(lengthOfLength: count &- 55) }
        guard count < end &- cursor else { throw beyondEnd() }
        return (cursor &+ 1, count)
    }

    @usableFromInline
    func longExtent(lengthOfLength: Int) throws(RLPError) -> (start: Int, count: Int) {
        let start = cursor + 1
        guard lengthOfLength <= end - start else { throw beyondEnd() }
        guard input[start] != 0 else { throw .notCanonical(position: cursor) }
        var count: UInt64 = 0
        for index in start..<start + lengthOfLength { count = count << 8 | UInt64(input[index]) }
        guard count >= 56 else { throw .notCanonical(position: cursor) }
        guard count <= UInt64(end - start - lengthOfLength) else { throw beyondEnd() }
        return (start + lengthOfLength, Int(count))
    }

    @usableFromInline
    func beyondEnd() -> RLPError { end == input.count ? .truncated(position: cursor) : .overrunsList(position: cursor) }

    @usableFromInline
    func missingValue() -> RLPError { input.isEmpty ? .truncated(position: 0) : .missingValue(position: cursor) }
}

@available(*, unavailable)
extension RLPReader: Sendable {}
