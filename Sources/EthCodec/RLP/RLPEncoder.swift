public import EthPrimitives

/// Writes RLP (Ethereum yellow paper, appendix B) straight into one buffer, without a tree of items in between.
///
/// ```swift
/// var encoder = RLPEncoder()
/// encoder.appendList { list in
///     list.append(nonce)
///     list.append(recipient)
/// }
/// send(encoder.bytes)
/// ```
public struct RLPEncoder: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []

    public init(reservingCapacity capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// The encoding of a tree of items.
    public static func encode(_ item: RLPItem) -> [UInt8] {
        var encoder = Self()
        encoder.append(item)
        return encoder.bytes
    }

    public mutating func append(_ item: RLPItem) {
        switch item {
        case .bytes(let bytes): append(bytes)
        case .list(let items): appendList { list in for item in items { list.append(item) } }
        }
    }

    /// A byte string.
    public mutating func append(_ string: [UInt8]) {
        if string.count == 1, string[0] < 0x80 {
            bytes.append(string[0])
        } else {
            appendHeader(count: string.count, short: 0x80)
            bytes += string
        }
    }

    /// An integer: big-endian without leading zeros, the empty string for zero.
    public mutating func append(_ value: UInt64) {
        if value < 0x80 {
            bytes.append(value == 0 ? 0x80 : UInt8(value))
        } else {
            let length = Self.byteCount(value)
            bytes.append(0x80 + UInt8(length))
            appendBigEndian(value, count: length)
        }
    }

    /// An integer: big-endian without leading zeros, the empty string for zero.
    public mutating func append(_ value: UInt256) {
        if let small = value.asUInt64 { return append(small) }
        let length = (256 - value.leadingZeroBitCount + 7) / 8
        bytes.append(0x80 + UInt8(length))
        value.bigEndianBytes.withUnsafeBytes { bytes += $0[(32 - length)...] }
    }

    /// An amount, as an integer.
    public mutating func append(_ value: Wei) { append(value.rawValue) }

    /// A byte string of fixed length: leading zeros stay.
    public mutating func append<let count: Int>(_ value: FixedBytes<count>) {
        if count == 1, value[0] < 0x80 {
            bytes.append(value[0])
        } else {
            appendHeader(count: count, short: 0x80)
            value.withUnsafeBytes { bytes += $0 }
        }
    }

    /// An address, or the empty string for none (a contract creation).
    public mutating func append(_ address: Address?) {
        if let address {
            append(address.word)
        } else {
            bytes.append(0x80)
        }
    }

    /// A list whose members `body` appends.
    public mutating func appendList(_ body: (inout RLPEncoder) -> Void) {
        let start = bytes.count
        body(&self)
        let count = bytes.count - start
        // The header's length is known only now; moving the payload once is cheaper than measuring it beforehand.
        if count < 56 {
            bytes.insert(0xc0 + UInt8(count), at: start)
        } else {
            var header = RLPEncoder()
            header.appendHeader(count: count, short: 0xc0)
            bytes.insert(contentsOf: header.bytes, at: start)
        }
    }

    private mutating func appendHeader(count: Int, short: UInt8) {
        if count < 56 {
            bytes.append(short + UInt8(count))
        } else {
            let length = Self.byteCount(UInt64(count))
            bytes.append(short + 55 + UInt8(length))
            appendBigEndian(UInt64(count), count: length)
        }
    }

    private mutating func appendBigEndian(_ value: UInt64, count: Int) {
        for index in stride(from: count - 1, through: 0, by: -1) { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }

    private static func byteCount(_ value: UInt64) -> Int { (64 - value.leadingZeroBitCount + 7) / 8 }
}
