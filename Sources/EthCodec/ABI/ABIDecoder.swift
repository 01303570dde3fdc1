public import EthPrimitives

/// Reads ABI-encoded values one after the other, strictly.
///
/// Safe on hostile bytes: every offset and length is checked before it is used, padding must be clean, and no more bytes are
/// read in total than there are, so overlapping parts cannot inflate a small input. Offsets otherwise may point anywhere behind
/// the start of their frame, as the specification permits, and bytes that nothing refers to are the caller's matter: see `finish()`.
@frozen
public struct ABIDecoder: Sendable {
    @usableFromInline let data: [UInt8]
    /// Where the open frame begins, which offsets count from.
    @usableFromInline var base = 0
    /// Where the open frame's next member is.
    @usableFromInline var head = 0
    /// Bytes that may still be read; a proper encoding reads none twice.
    @usableFromInline var unread: Int

    /// Room is made beforehand for so many elements only: more come as fast as they are read, so that a count alone allocates little.
    @usableFromInline static var maximumReserve: Int { 1024 }

    /// Reads the tuple that `data` spells.
    @inlinable
    public init(_ data: [UInt8]) {
        self.data = data
        unread = data.count
    }

    /// Reads what a call with outputs returned. Throws `ABIError.emptyOutput` if that is nothing.
    @inlinable
    public init(output data: [UInt8]) throws(ABIError) {
        guard !data.isEmpty else { throw .emptyOutput }
        self.init(data)
    }

    /// Reads the parameters behind a selector. Throws `ABIError.wrongSelector` if it is another one.
    public init(_ data: [UInt8], after selector: Selector) throws(ABIError) {
        guard data.count >= 4, selector.withUnsafeBytes({ data[..<4].elementsEqual($0) }) else {
            throw .wrongSelector(expected: selector, actual: Array(data.prefix(4)))
        }
        self.init(data)
        (base, head, unread) = (4, 4, data.count - 4)
    }

    /// Insists that everything has been read. Throws `ABIError.unreadBytes` otherwise.
    @inlinable
    public func finish() throws(ABIError) {
        guard unread == 0 else { throw .unreadBytes(count: unread) }
    }

    /// Follows the offset of a dynamic member, opening a frame there; returns the frame to go back to.
    @inlinable
    mutating func beginDynamic() throws(ABIError) -> (base: Int, head: Int) {
        let position = head
        let offset = try length()
        guard offset <= data.count - base else { throw .tooLarge(position: position) }
        let outer = (base, head)
        base += offset
        head = base
        return outer
    }

    @inlinable
    mutating func endDynamic(_ outer: (base: Int, head: Int)) { (base, head) = outer }

    // MARK: For types that decode themselves

    /// Position of the next word, for error reports.
    @inlinable
    public var position: Int { head }

    /// Reads the next word of the head.
    @inlinable
    @inline(__always)
    public mutating func word() throws(ABIError) -> UInt256 {
        let start = try take(32)
        return UInt256(limbs: limb(start + 24), limb(start + 16), limb(start + 8), limb(start))
    }

    /// Reads an unsigned integer of at most `bits` bits.
    @inlinable
    public mutating func unsigned(bits: Int) throws(ABIError) -> UInt256 {
        let position = head
        let value = try word()
        guard value.fits(bits: bits) else { throw .dirtyPadding(position: position, type: "uint\(bits)") }
        return value
    }

    /// Reads a signed integer of at most `bits` bits, sign-extended.
    @inlinable
    public mutating func signed(bits: Int) throws(ABIError) -> Int256 {
        let position = head
        let value = Int256(bitPattern: try word())
        guard value.fits(bits: bits) else { throw .dirtyPadding(position: position, type: "int\(bits)") }
        return value
    }

    /// Passes a word that holds `count` (1 to 32) bytes padded on the right with zeros; returns where the bytes are.
    @inlinable
    public mutating func leftAligned(count: Int) throws(ABIError) -> Int {
        let start = try take(32)
        guard isZero(from: start + count, to: start + 32) else { throw .dirtyPadding(position: start, type: "bytes\(count)") }
        return start
    }

    /// Passes a word that holds `count` (1 to 32) bytes of a type padded on the left with zeros; returns where the bytes are.
    @inlinable
    public mutating func rightAligned(count: Int, of type: StaticString) throws(ABIError) -> Int {
        let start = try take(32)
        guard isZero(32 - count, at: start) else { throw .dirtyPadding(position: start, type: "\(type)") }
        return start + 32 - count
    }

    /// Reads the content of a dynamic byte string, its length, the bytes and zeros up to a whole word; returns where the bytes are.
    @inlinable
    public mutating func string() throws(ABIError) -> Range<Int> {
        let position = head
        let count = try length()
        guard count <= data.count - head else { throw .tooLarge(position: position) }
        let start = try take((count + 31) & ~31)
        guard isZero(from: start + count, to: head) else { throw .dirtyPadding(position: position, type: "bytes") }
        return start..<start + count
    }

    /// Bytes that were read before, where they are.
    @inlinable
    public func withBytes<Result>(at position: Int, count: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        precondition(position >= 0 && count >= 0 && position <= data.count - count, "bytes beyond the data")
        return data.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[position..<position + count])) }
    }

    /// Reads the element count of an array, which fits the data at `headSize` bytes an element, and opens the elements' frame.
    @inlinable
    public mutating func openArray(headSize: Int) throws(ABIError) -> Int {
        let position = head
        let count = try length()
        // An element without bytes would allow any count.
        guard headSize > 0 else { throw .tooLarge(position: position) }
        let (needed, overflow) = count.multipliedReportingOverflow(by: headSize)
        guard !overflow, needed <= data.count - head, needed <= unread else { throw .tooLarge(position: position) }
        base = head
        return count
    }

    /// Checks that `count` elements of `headSize` bytes each can follow.
    @inlinable
    public func checkRoom(count: Int, headSize: Int) throws(ABIError) {
        let (needed, overflow) = count.multipliedReportingOverflow(by: headSize)
        guard headSize > 0, !overflow, needed <= data.count - head else {
            throw .outOfBounds(position: head, needed: overflow ? .max : needed, available: data.count)
        }
    }

    // MARK: The data

    /// Reads a length or offset; more than the data holds is refused.
    @inlinable
    @inline(__always)
    mutating func length() throws(ABIError) -> Int {
        let start = try take(32)
        let value = limb(start &+ 24)
        guard limb(start) | limb(start &+ 8) | limb(start &+ 16) == 0, value <= UInt64(data.count) else {
            throw .tooLarge(position: start)
        }
        return Int(truncatingIfNeeded: value)
    }

    /// Moves the head by `count` bytes and returns where they start.
    @inlinable
    @inline(__always)
    mutating func take(_ count: Int) throws(ABIError) -> Int {
        let start = head
        guard count <= data.count - start else { throw .outOfBounds(position: start, needed: count, available: data.count) }
        guard count <= unread else { throw .overlappingData }
        unread -= count
        head = start + count
        return start
    }

    /// Eight bytes, big-endian, at a position that has been checked.
    @inlinable
    @inline(__always)
    func limb(_ position: Int) -> UInt64 {
        data.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self)) }
    }

    /// Whether the first bytes of a word, not all of them, are zero.
    @inlinable
    func isZero(_ count: Int, at start: Int) -> Bool {
        var (position, rest, bits) = (start, count, 0 as UInt64)
        while rest >= 8 {
            bits |= limb(position)
            position += 8
            rest -= 8
        }
        if rest > 0 { bits |= limb(position) >> UInt64(64 - 8 * rest) }
        return bits == 0
    }

    /// Whether the last bytes of a word, not all of them, are zero: those from `start` to the word's end.
    @inlinable
    func isZero(from start: Int, to end: Int) -> Bool {
        var (end, bits) = (end, 0 as UInt64)
        while end - start >= 8 {
            end -= 8
            bits |= limb(end)
        }
        if end > start {
            // The limb that the range begins in, without what is before it.
            bits |= limb(end - 8) << UInt64(8 * (8 - (end - start)))
        }
        return bits == 0
    }
}
