/// Writes RLP (Ethereum yellow paper, appendix B) straight into one buffer, without a tree of items in between.
///
/// For one list, such as a transaction, `encodeList` measures first and allocates nothing but the result:
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
    /// Whether the buffer is the encoder's own, to grow and to free.
    @usableFromInline let ownsBuffer: Bool

    /// Integers are stored in whole limbs, which may reach this far beyond their last byte.
    @usableFromInline static var slack: Int { 8 }

    /// An encoder with a buffer of its own that grows as needed.
    public init(reservingCapacity capacity: Int = 0) {
        out = .allocate(byteCount: capacity + Self.slack, alignment: 8)
        self.capacity = capacity
        ownsBuffer = true
    }

    /// An encoder that only counts.
    @inlinable
    init(measuring: Void) {
        out = nil
        capacity = .max
        ownsBuffer = false
    }

    /// An encoder into memory of `capacity` bytes and slack.
    @inlinable
    init(writingTo out: UnsafeMutableRawPointer?, capacity: Int) {
        self.out = out
        self.capacity = capacity
        ownsBuffer = false
    }

    @inlinable
    deinit { if ownsBuffer { out?.deallocate() } }

    /// What has been written so far.
    public var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: out, count: count)) }

    // MARK: In one allocation

    /// The encoding of one list behind an optional byte, such as a transaction's type.
    ///
    /// `body` runs twice, first to measure and then to write, so it must append the same both times.
    @inlinable
    public static func encodeList(prefix: UInt8? = nil, _ body: (inout RLPEncoder) -> Void) -> [UInt8] {
        var meter = RLPEncoder(measuring: ())
        body(&meter)
        let payload = meter.count
        meter.appendHeader(count: payload, short: 0xc0)
        let total = meter.count + (prefix == nil ? 0 : 1)
        return [UInt8](unsafeUninitializedCapacity: total + slack) { buffer, initialized in
            var encoder = RLPEncoder(writingTo: UnsafeMutableRawPointer(buffer.baseAddress), capacity: total)
            if let prefix { encoder.append(byte: prefix) }
            encoder.appendHeader(count: payload, short: 0xc0)
            body(&encoder)
            precondition(encoder.count == total, "the members of a list changed between measuring and writing")
            initialized = total
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
    mutating func take(_ length: Int) -> Int {
        let start = count
        count = start + length
        if count > capacity { grow(written: start) }
        return start
    }

    @usableFromInline
    mutating func grow(written: Int) {
        precondition(ownsBuffer, "the members of a list changed between measuring and writing")
        let larger = max(count, 2 * capacity, 64)
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: larger + Self.slack, alignment: 8)
        if let out {
            buffer.copyMemory(from: out, byteCount: written)
            out.deallocate()
        }
        out = buffer
        capacity = larger
    }

    /// Appends one byte as it is.
    @inlinable
    mutating func append(byte: UInt8) {
        let start = take(1)
        out?.storeBytes(of: byte, toByteOffset: start, as: UInt8.self)
    }

    /// Appends bytes as they are.
    @inlinable
    mutating func append(raw source: UnsafeRawBufferPointer) {
        let start = take(source.count)
        guard let out, let address = source.baseAddress else { return }
        (out + start).copyMemory(from: address, byteCount: source.count)
    }

    @inlinable
    mutating func appendHeader(count length: Int, short: UInt8) {
        if length < 56 {
            append(byte: short + UInt8(truncatingIfNeeded: length))
        } else {
            let lengthOfLength = Self.byteCount(UInt64(length))
            append(byte: short + 55 + UInt8(truncatingIfNeeded: lengthOfLength))
            append(low: lengthOfLength, of: UInt64(length))
        }
    }

    /// Appends the `length` (1 to 8) low bytes of a limb, big-endian.
    @inlinable
    mutating func append(low length: Int, of limb: UInt64) {
        let start = take(length)
        out?.storeBytes(of: (limb << UInt64(64 - 8 * length)).bigEndian, toByteOffset: start, as: UInt64.self)
    }

    @inlinable
    static func byteCount(_ value: UInt64) -> Int { 8 - value.leadingZeroBitCount / 8 }
}
