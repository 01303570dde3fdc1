public import EthPrimitives

/// Reads ABI-encoded values one after the other, strictly.
///
/// Safe on hostile bytes: every offset and length is checked before it is used, padding must be clean, and no more bytes are
/// read in total than there are, so overlapping parts cannot inflate a small input. Offsets otherwise may point anywhere behind
/// the start of their frame, as the specification permits, and bytes that nothing refers to are the caller's matter: see `finish()`.
public struct ABIDecoder: Sendable {
    private let data: [UInt8]
    /// Where the open frame begins, which offsets count from.
    private var base = 0
    /// Where the open frame's next member is.
    private var head = 0
    /// Bytes that may still be read; a proper encoding reads none twice.
    private var unread: Int

    /// Reads the tuple that `data` spells.
    public init(_ data: [UInt8]) {
        self.data = data
        unread = data.count
    }

    /// Reads what a call with outputs returned. Throws `ABIError.emptyOutput` if that is nothing.
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
    public func finish() throws(ABIError) {
        guard unread == 0 else { throw .unreadBytes(count: unread) }
    }

    /// Follows the offset of a dynamic member, opening a frame there; returns the frame to go back to.
    mutating func beginDynamic() throws(ABIError) -> (base: Int, head: Int) {
        let position = head
        let offset = try length()
        guard offset <= data.count - base else { throw .tooLarge(position: position) }
        let outer = (base, head)
        base += offset
        head = base
        return outer
    }

    mutating func endDynamic(_ outer: (base: Int, head: Int)) { (base, head) = outer }

    // MARK: For types that decode themselves

    /// Position of the next word, for error reports.
    public var position: Int { head }

    /// Reads the next word of the head.
    public mutating func word() throws(ABIError) -> UInt256 {
        let start = try take(32)
        return data.withUnsafeBytes { raw in
            UInt256(
                limbs: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: start + 24, as: UInt64.self)),
                UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: start + 16, as: UInt64.self)),
                UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)),
                UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)))
        }
    }

    /// Reads an unsigned integer of at most `bits` bits.
    public mutating func unsigned(bits: Int) throws(ABIError) -> UInt256 {
        let position = head
        let value = try word()
        guard 256 - value.leadingZeroBitCount <= bits else { throw .dirtyPadding(position: position, type: "uint\(bits)") }
        return value
    }

    /// Reads a signed integer of at most `bits` bits, sign-extended.
    public mutating func signed(bits: Int) throws(ABIError) -> Int256 {
        let position = head
        let value = Int256(bitPattern: try word())
        guard value.fits(bits: bits) else { throw .dirtyPadding(position: position, type: "int\(bits)") }
        return value
    }

    /// Reads `count` (at most 32) bytes padded on the right with zeros.
    public mutating func leftAligned(count: Int) throws(ABIError) -> ArraySlice<UInt8> {
        let start = try take(32)
        guard data[start + count..<start + 32].allSatisfy({ $0 == 0 }) else {
            throw .dirtyPadding(position: start, type: "bytes\(count)")
        }
        return data[start..<start + count]
    }

    /// Reads the content of a dynamic byte string: its length, the bytes, zeros up to a whole word.
    public mutating func string() throws(ABIError) -> ArraySlice<UInt8> {
        let position = head
        let count = try length()
        guard count <= data.count - head else { throw .tooLarge(position: position) }
        let start = try take((count + 31) & ~31)
        guard data[start + count..<head].allSatisfy({ $0 == 0 }) else { throw .dirtyPadding(position: position, type: "bytes") }
        return data[start..<start + count]
    }

    /// Reads the element count of an array, which fits the data at `headSize` bytes an element, and opens the elements' frame.
    public mutating func openArray(headSize: Int) throws(ABIError) -> Int {
        let position = head
        let count = try length()
        // An element without bytes would allow any count.
        guard headSize > 0, count <= min(data.count - head, unread) / headSize else { throw .tooLarge(position: position) }
        base = head
        return count
    }

    /// Checks that `count` elements of `headSize` bytes each can follow.
    public func checkRoom(count: Int, headSize: Int) throws(ABIError) {
        let (needed, overflow) = count.multipliedReportingOverflow(by: headSize)
        guard headSize > 0, !overflow, needed <= data.count - head else {
            throw .outOfBounds(position: head, needed: overflow ? .max : needed, available: data.count)
        }
    }

    /// Reads a length or offset; more than the data holds is refused.
    private mutating func length() throws(ABIError) -> Int {
        let position = head
        guard let value = try word().asUInt64, value <= UInt64(data.count) else { throw .tooLarge(position: position) }
        return Int(value)
    }

    /// Moves the head by `count` bytes and returns where they start.
    private mutating func take(_ count: Int) throws(ABIError) -> Int {
        guard count <= data.count - head else { throw .outOfBounds(position: head, needed: count, available: data.count) }
        guard count <= unread else { throw .overlappingData }
        let start = head
        unread -= count
        head += count
        return start
    }
}
