public import EthPrimitives

/// Writes ABI-encoded values into one buffer of exactly the right size.
///
/// A frame is the encoding of a tuple: the head, in which every member has a fixed place, and behind it the tail with the
/// contents of dynamic members, to which the head's offsets (counted from the start of the frame) point. The encoder keeps one
/// open frame; its head is reserved with zeros, and the tail grows at the end of the buffer.
public struct ABIEncoder: Sendable {
    /// The buffer: complete once as many values as the head has room for have been added.
    public private(set) var bytes: [UInt8] = []
    /// Where the open frame begins, which offsets count from.
    private var base = 0
    /// Where the open frame's next member goes.
    private var head = 0

    /// Opens the outermost frame: a head of `headSize` bytes, and room for `tailSize` more behind it.
    public init(headSize: Int, tailSize: Int = 0) {
        bytes.reserveCapacity(headSize + tailSize)
        openFrame(headSize: headSize)
    }

    /// The same behind a selector: the data of a call.
    public init(selector: Selector, headSize: Int = 0, tailSize: Int = 0) {
        bytes.reserveCapacity(4 + headSize + tailSize)
        selector.withUnsafeBytes { bytes += $0 }
        openFrame(headSize: headSize)
    }

    /// Writes the offset of a dynamic member whose content comes next at the end of the buffer; returns the frame to go back to.
    mutating func beginDynamic() -> (base: Int, head: Int) {
        write(small: UInt64(bytes.count - base))
        return (base, head)
    }

    mutating func endDynamic(_ outer: (base: Int, head: Int)) { (base, head) = outer }

    // MARK: For types that encode themselves

    /// Opens the frame of a dynamic tuple at the end of the buffer, with a head of `headSize` bytes.
    public mutating func openFrame(headSize: Int) {
        base = bytes.count
        head = base
        bytes.append(contentsOf: repeatElement(0, count: headSize))
    }

    /// Writes the element count of an array, and opens the frame of its elements, each of `headSize` bytes.
    public mutating func openArray(count: Int, headSize: Int) {
        appendLength(count)
        openFrame(headSize: count * headSize)
    }

    /// Writes one word into the head.
    public mutating func write(_ word: UInt256) {
        precondition(head + 32 <= bytes.count, "a word beyond the head of its frame")
        let limbs = word.limbs
        bytes.withUnsafeMutableBytes { out in
            out.storeBytes(of: limbs.3.bigEndian, toByteOffset: head, as: UInt64.self)
            out.storeBytes(of: limbs.2.bigEndian, toByteOffset: head + 8, as: UInt64.self)
            out.storeBytes(of: limbs.1.bigEndian, toByteOffset: head + 16, as: UInt64.self)
            out.storeBytes(of: limbs.0.bigEndian, toByteOffset: head + 24, as: UInt64.self)
        }
        head += 32
    }

    /// Writes one word into the head.
    public mutating func write(small word: UInt64) { write(UInt256(limbs: word, 0, 0, 0)) }

    /// Writes up to 32 bytes into the head, padded on the right with zeros.
    public mutating func write(leftAligned source: UnsafeRawBufferPointer) { store(source, at: head) }

    /// Writes up to 32 bytes into the head, padded on the left with zeros.
    public mutating func write(rightAligned source: UnsafeRawBufferPointer) { store(source, at: head + 32 - source.count) }

    private mutating func store(_ source: UnsafeRawBufferPointer, at position: Int) {
        precondition(source.count <= 32 && head + 32 <= bytes.count, "a word beyond the head of its frame")
        bytes.withUnsafeMutableBytes { UnsafeMutableRawBufferPointer(rebasing: $0[position...]).copyMemory(from: source) }
        head += 32
    }

    /// Writes the content of a dynamic byte string at the end of the buffer: its length, the bytes, zeros up to a whole word.
    public mutating func append(string: UnsafeRawBufferPointer) {
        appendLength(string.count)
        bytes += string
        bytes.append(contentsOf: repeatElement(0, count: -string.count & 31))
    }

    private mutating func appendLength(_ count: Int) {
        head = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: 32))
        write(small: UInt64(count))
    }

    /// Bytes that a dynamic byte string takes in the tail: its length, the bytes, padding.
    public static func tailSize(ofString count: Int) -> Int { 32 + (count + 31) & ~31 }
}
