/// Writes RLP (Ethereum yellow paper, appendix B) straight into one buffer, without a tree of items in between.
///
/// For one list, such as a transaction, `encodeList` allocates nothing but the result:
///
/// ```swift
/// let bytes = RLPEncoder.encodeList(prefix: 0x02) { list in
///     list.append(nonce)
///     list.append(recipient)
///     list.appendList { keys in for key in storageKeys { keys.append(key) } }
/// }
/// ```
///
/// What is not known at once is appended to an encoder of its own, whose buffer grows: `var encoder = RLPEncoder()`,
/// `encoder.append(…)`, `encoder.bytes`.
public struct RLPEncoder: ~Copyable {
    /// `nil` while measuring: then only `count` moves.
    @usableFromInline var out: UnsafeMutableRawPointer?
    /// Bytes written so far.
    @usableFromInline var count = 0
    /// Bytes that fit; behind them there is room for `slack` more.
    @usableFromInline var capacity: Int
    @usableFromInline let overflow: Overflow

    /// What happens when the buffer is full.
    @usableFromInline
    enum Overflow {
        /// The buffer is the encoder's own: it grows.
        case grow
        /// Nothing more is written, but still counted.
        case measure
        /// The size was measured before: it cannot happen.
        case trap
    }

    /// Integers are stored in whole limbs, which may reach this far beyond their last byte.
    @usableFromInline static var slack: Int { 8 }

    /// An encoder with a buffer of its own that grows as needed.
    public init(reservingCapacity capacity: Int = 0) {
        out = .allocate(byteCount: capacity + Self.slack, alignment: 8)
        self.capacity = capacity
        overflow = .grow
    }

    @inlinable
    init(writingTo out: UnsafeMutableRawPointer, capacity: Int, overflow: Overflow) {
        self.out = out
        self.capacity = capacity
        self.overflow = overflow
    }

    @inlinable
    deinit { if overflow == .grow { out?.deallocate() } }

    /// What has been written so far.
    public var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: out, count: count)) }

    // MARK: In one allocation

    /// The encoding of one list behind an optional byte, such as a transaction's type.
    ///
    /// `body` runs a second time if the list is large, so it must append the same both times.
    @inlinable
    public static func encodeList(prefix: UInt8? = nil, _ body: (inout RLPEncoder) -> Void) -> [UInt8] {
        // A small list is written on the stack, behind room for its header; a large one is only measured there.
        let room = 16
        return withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 16) { buffer in
            guard let address = buffer.baseAddress else { return [] }
            var encoder = RLPEncoder(writingTo: address + room, capacity: 1024 - room - slack, overflow: .measure)
            body(&encoder)
            let payload = encoder.count
            let header = headerSize(payload)
            let start = room - header - (prefix == nil ? 0 : 1)
            if let prefix { address.storeBytes(of: prefix, toByteOffset: start, as: UInt8.self) }
            guard encoder.out == nil else {
                // It fitted.
                writeHeader(to: address + (room - header), payload: payload)
                return Array(UnsafeRawBufferPointer(start: address + start, count: room - start + payload))
            }
            return encodeLargeList(prefix: prefix, payload: payload, body)
        }
    }

    /// Apart, so that the code of `body` stands in the small case once.
    @inlinable
    @inline(never)
    static func encodeLargeList(prefix: UInt8?, payload: Int, _ body: (inout RLPEncoder) -> Void) -> [UInt8] {
        let start = headerSize(payload) + (prefix == nil ? 0 : 1)
        return [UInt8](size: start + payload, slack: slack) { out in
            if let prefix { out.storeBytes(of: prefix, as: UInt8.self) }
            writeHeader(to: out + (prefix == nil ? 0 : 1), payload: payload)
            var encoder = RLPEncoder(writingTo: out + start, capacity: payload, overflow: .trap)
            body(&encoder)
            precondition(encoder.count == payload, "the members of a list changed between measuring and writing")
        }
    }

    /// The encoding of a tree of items.
    public static func encode(_ item: RLPItem) -> [UInt8] {
        switch item {
        case .list(let items): return encodeList { list in for item in items { list.append(item) } }
        case .bytes(let string):
            var encoder = Self(reservingCapacity: string.count + 9)
            encoder.append(string)
            return encoder.bytes
        }
    }

    // MARK: The buffer

    /// Makes room for `length` bytes and returns where they begin.
    @inlinable
    @inline(__always)
    mutating func take(_ length: Int) -> Int {
        let start = count
        count = start &+ length
        if count > capacity { exceed(written: start) }
        return start
    }

    @usableFromInline
    mutating func exceed(written: Int) {
        precondition(count >= written, "an encoding beyond the address space")
        switch overflow {
        // A buffer of the measured size must not be written beyond: no input leads here, only a member that encodes itself in two ways.
        case .trap: preconditionFailure("the members of a list changed between measuring and writing")
        case .measure: (out, capacity) = (nil, .max)
        case .grow:
            let larger = max(count, 2 * capacity, 64)
            let buffer = UnsafeMutableRawPointer.allocate(byteCount: larger + Self.slack, alignment: 8)
            if let out {
                buffer.copyMemory(from: out, byteCount: written)
                out.deallocate()
            }
            (out, capacity) = (buffer, larger)
        }
    }

    /// Appends one byte as it is.
    @inlinable
    @inline(__always)
    mutating func append(byte: UInt8) {
        let start = take(1)
        out?.storeBytes(of: byte, toByteOffset: start, as: UInt8.self)
    }

    /// Appends bytes as they are.
    @inlinable
    @inline(__always)
    mutating func append(raw source: UnsafeRawBufferPointer) {
        let start = take(source.count)
        guard let out, let address = source.baseAddress else { return }
        (out + start).copyMemory(from: address, byteCount: source.count)
    }

    /// Appends the `length` (1 to 8) low bytes of a limb, big-endian.
    @inlinable
    @inline(__always)
    mutating func append(low length: Int, of limb: UInt64) {
        let start = take(length)
        out?.storeBytes(
            of: (limb &<< UInt64(truncatingIfNeeded: 64 &- 8 &* length)).bigEndian, toByteOffset: start, as: UInt64.self)
    }

    // MARK: Headers

    @inlinable
    static func byteCount(_ value: UInt64) -> Int { 8 &- (value.leadingZeroBitCount &>> 3) }

    /// Bytes of the header of a list, or of a string of more than one byte.
    @inlinable
    static func headerSize(_ payload: Int) -> Int { payload < 56 ? 1 : 1 + byteCount(UInt64(payload)) }

    /// Writes a list's header and nothing behind it.
    @inlinable
    static func writeHeader(to out: UnsafeMutableRawPointer, payload: Int) {
        guard payload >= 56 else { return out.storeBytes(of: 0xc0 + UInt8(truncatingIfNeeded: payload), as: UInt8.self) }
        let length = byteCount(UInt64(payload))
        out.storeBytes(of: 0xf7 + UInt8(truncatingIfNeeded: length), as: UInt8.self)
        for index in 0..<length {
            let byte = UInt8(truncatingIfNeeded: payload >> (8 * (length - 1 - index)))
            out.storeBytes(of: byte, toByteOffset: 1 + index, as: UInt8.self)
        }
    }

    /// Appends the header of a string.
    @inlinable
    mutating func appendStringHeader(count length: Int) {
        if length < 56 {
            append(byte: 0x80 &+ UInt8(truncatingIfNeeded: length))
        } else {
            let lengthOfLength = Self.byteCount(UInt64(length))
            append(byte: 0xb7 &+ UInt8(truncatingIfNeeded: lengthOfLength))
            append(low: lengthOfLength, of: UInt64(length))
        }
    }
}
