public import EthPrimitives

/// Writes ABI-encoded values into one buffer of exactly the right size.
///
/// A frame is the encoding of a tuple: the head, in which every member has a fixed place, and behind it the tail with the
/// contents of dynamic members, to which the head's offsets (counted from the start of the frame) point. The encoder keeps one
/// open frame; the tail grows at the end of what has been written. Sizes are known beforehand (`ABICodable.abiHeadSize`,
/// `abiTailSize`), so nothing but the result is allocated:
///
/// ```swift
/// ABIEncoder.encode(selector: selector, headSize: 64, tailSize: text.abiTailSize) { encoder in
///     encoder.add(recipient)
///     encoder.add(text)
/// }
/// ```
///
/// Values that do not write as many bytes as they announced are a broken invariant and trap.
public struct ABIEncoder: ~Copyable {
    @usableFromInline let out: UnsafeMutableRawPointer
    @usableFromInline let capacity: Int
    @usableFromInline let ownsBuffer: Bool
    /// Bytes in use: the tail grows here.
    @usableFromInline var end = 0
    @usableFromInline var frame = Frame(base: 0, head: 0, headEnd: 0)

    @usableFromInline
    @frozen
    struct Frame {
        /// Where the frame begins, which offsets count from.
        @usableFromInline var base: Int
        /// Where the next member goes.
        @usableFromInline var head: Int
        /// Where the head ends: at the end of the frame, `head` has come there.
        @usableFromInline var headEnd: Int

        @inlinable
        init(base: Int, head: Int, headEnd: Int) {
            self.base = base
            self.head = head
            self.headEnd = headEnd
        }
    }

    @inlinable
    init(writingTo out: UnsafeMutableRawPointer, capacity: Int, ownsBuffer: Bool) {
        self.out = out
        self.capacity = capacity
        self.ownsBuffer = ownsBuffer
    }

    @inlinable
    deinit { if ownsBuffer { out.deallocate() } }

    // MARK: In one allocation

    /// The encoding of the members that `body` adds, which take exactly `headSize` and `tailSize` bytes.
    @inlinable
    public static func encode(headSize: Int, tailSize: Int = 0, _ body: (inout ABIEncoder) -> Void) -> [UInt8] {
        encode(prefixed: nil, headSize: headSize, tailSize: tailSize, body)
    }

    /// The same behind a selector: the data of a call.
    @inlinable
    public static func encode(
        selector: Selector, headSize: Int, tailSize: Int = 0, _ body: (inout ABIEncoder) -> Void
    ) -> [UInt8] {
        encode(prefixed: selector, headSize: headSize, tailSize: tailSize, body)
    }

    @inlinable
    static func encode(
        prefixed selector: Selector?, headSize: Int, tailSize: Int, _ body: (inout ABIEncoder) -> Void
    ) -> [UInt8] {
        let total = headSize + tailSize + (selector == nil ? 0 : 4)
        return [UInt8](size: total) { out in
            var encoder = ABIEncoder(writingTo: out, capacity: total, ownsBuffer: false)
            if let selector { encoder.append(selector) }
            encoder.openFrame(headSize: headSize)
            body(&encoder)
            precondition(encoder.frame.head == encoder.frame.headEnd && encoder.end == total, "an encoding of another size")
        }
    }

    // MARK: Step by step

    /// Opens the outermost frame: a head of `headSize` bytes, and room for `tailSize` more behind it.
    public init(headSize: Int, tailSize: Int = 0) {
        let capacity = headSize + tailSize
        self.init(writingTo: .allocate(byteCount: capacity, alignment: 8), capacity: capacity, ownsBuffer: true)
        openFrame(headSize: headSize)
    }

    /// The same behind a selector: the data of a call.
    public init(selector: Selector, headSize: Int = 0, tailSize: Int = 0) {
        let capacity = 4 + headSize + tailSize
        self.init(writingTo: .allocate(byteCount: capacity, alignment: 8), capacity: capacity, ownsBuffer: true)
        append(selector)
        openFrame(headSize: headSize)
    }

    /// What has been written, once as many values as the head has room for have been added.
    public var bytes: [UInt8] {
        precondition(frame.head == frame.headEnd, "members are missing from the frame")
        return Array(UnsafeRawBufferPointer(start: out, count: end))
    }

    // MARK: For types that encode themselves

    /// Opens the frame of a dynamic tuple at the end of the buffer, with a head of `headSize` bytes.
    @inlinable
    public mutating func openFrame(headSize: Int) {
        let start = take(headSize)
        frame = Frame(base: start, head: start, headEnd: end)
    }

    /// Writes the element count of an array, and opens the frame of its elements, each of `headSize` bytes.
    @inlinable
    public mutating func openArray(count: Int, headSize: Int) {
        store(UInt256(limbs: UInt64(count), 0, 0, 0), at: take(32))
        openFrame(headSize: count * headSize)
    }

    /// Writes one word into the head.
    @inlinable
    public mutating func write(_ word: UInt256) { store(word, at: nextHead()) }

    /// Writes one word into the head.
    @inlinable
    public mutating func write(small word: UInt64) { write(UInt256(limbs: word, 0, 0, 0)) }

    /// Writes up to 32 bytes into the head, padded on the right with zeros.
    @inlinable
    public mutating func write(leftAligned source: UnsafeRawBufferPointer) {
        precondition(source.count <= 32, "a word has 32 bytes")
        let position = nextHead()
        if source.count < 32 { store(.zero, at: position) }
        copy(source, to: position)
    }

    /// Writes up to 32 bytes into the head, padded on the right with zeros.
    @inlinable
    public mutating func write<let count: Int>(leftAligned source: FixedBytes<count>) {
        precondition(count <= 32, "a word has 32 bytes")
        let position = nextHead()
        if count < 32 { store(.zero, at: position) }
        (out + position).storeBytes(of: source, as: FixedBytes<count>.self)
    }

    /// Writes up to 32 bytes into the head, padded on the left with zeros.
    @inlinable
    public mutating func write<let count: Int>(rightAligned source: FixedBytes<count>) {
        precondition(count <= 32, "a word has 32 bytes")
        let position = nextHead()
        if count < 32 { store(.zero, at: position) }
        (out + (position + 32 - count)).storeBytes(of: source, as: FixedBytes<count>.self)
    }

    /// Writes the content of a dynamic byte string at the end of the buffer: its length, the bytes, zeros up to a whole word.
    @inlinable
    public mutating func append(string: UnsafeRawBufferPointer) {
        let start = take(Self.tailSize(ofString: string.count))
        store(UInt256(limbs: UInt64(string.count), 0, 0, 0), at: start)
        // The last word is all zeros before the bytes come, which is cheaper than to count the padding.
        if string.count & 31 != 0 { store(.zero, at: end - 32) }
        copy(string, to: start + 32)
    }

    /// Bytes that a dynamic byte string takes in the tail: its length, the bytes, padding.
    @inlinable
    public static func tailSize(ofString count: Int) -> Int { 32 + (count + 31) & ~31 }

    // MARK: The buffer

    /// Writes the offset of a dynamic member whose content comes next at the end of the buffer; returns the frame to go back to.
    @inlinable
    mutating func beginDynamic() -> Frame {
        write(small: UInt64(end - frame.base))
        let outer = frame
        frame = Frame(base: end, head: end, headEnd: end)
        return outer
    }

    @inlinable
    mutating func endDynamic(_ outer: Frame) {
        precondition(frame.head == frame.headEnd, "members are missing from the frame")
        frame = outer
    }

    /// Makes room at the end and returns where it begins.
    @inlinable
    @inline(__always)
    mutating func take(_ count: Int) -> Int {
        precondition(count >= 0 && count <= capacity - end, "an encoding larger than announced")
        let start = end
        end = start + count
        return start
    }

    /// The place of the next word in the head.
    @inlinable
    @inline(__always)
    mutating func nextHead() -> Int {
        let position = frame.head
        precondition(position + 32 <= frame.headEnd, "a word beyond the head of its frame")
        frame.head = position + 32
        return position
    }

    @inlinable
    @inline(__always)
    func store(_ word: UInt256, at position: Int) {
        let limbs = word.limbs
        let place = out + position
        place.storeBytes(of: limbs.3.bigEndian, as: UInt64.self)
        place.storeBytes(of: limbs.2.bigEndian, toByteOffset: 8, as: UInt64.self)
        place.storeBytes(of: limbs.1.bigEndian, toByteOffset: 16, as: UInt64.self)
        place.storeBytes(of: limbs.0.bigEndian, toByteOffset: 24, as: UInt64.self)
    }

    @inlinable
    @inline(__always)
    func copy(_ source: UnsafeRawBufferPointer, to position: Int) {
        guard let address = source.baseAddress else { return }
        (out + position).copyMemory(from: address, byteCount: source.count)
    }

    @inlinable
    mutating func append(_ selector: Selector) {
        let start = take(4)
        (out + start).storeBytes(of: selector, as: Selector.self)
    }
}
