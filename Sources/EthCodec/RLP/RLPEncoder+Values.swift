public import EthPrimitives

extension RLPEncoder {
    /// A byte string.
    @inlinable
    public mutating func append(_ string: [UInt8]) { string.withUnsafeBytes { append(string: $0) } }

    /// A byte string.
    @inlinable
    public mutating func append(string: UnsafeRawBufferPointer) {
        if string.count == 1, string[0] < 0x80 {
            append(byte: string[0])
        } else {
            appendStringHeader(count: string.count)
            append(raw: string)
        }
    }

    /// An integer: big-endian without leading zeros, the empty string for zero.
    @inlinable
    public mutating func append(_ value: UInt64) {
        if value < 0x80 {
            append(byte: value == 0 ? 0x80 : UInt8(truncatingIfNeeded: value))
        } else {
            let length = Self.byteCount(value)
            let start = take(1 &+ length)
            guard let out else { return }
            out.storeBytes(of: 0x80 &+ UInt8(truncatingIfNeeded: length), toByteOffset: start, as: UInt8.self)
            let aligned = value &<< UInt64(truncatingIfNeeded: 64 &- 8 &* length)
            out.storeBytes(of: aligned.bigEndian, toByteOffset: start &+ 1, as: UInt64.self)
        }
    }

    /// An integer: big-endian without leading zeros, the empty string for zero.
    @inlinable
    public mutating func append(_ value: UInt256) {
        let (limb0, limb1, limb2, limb3) = value.limbs
        guard limb1 | limb2 | limb3 != 0 else { return append(limb0) }
        let (top, below) = limb3 != 0 ? (limb3, 3) : limb2 != 0 ? (limb2, 2) : (limb1, 1)
        let length = Self.byteCount(top)
        append(byte: 0x80 &+ UInt8(truncatingIfNeeded: length &+ 8 &* below))
        append(low: length, of: top)
        if below > 2 { append(low: 8, of: limb2) }
        if below > 1 { append(low: 8, of: limb1) }
        append(low: 8, of: limb0)
    }

    /// An amount, as an integer.
    @inlinable
    public mutating func append(_ value: Wei) { append(value.rawValue) }

    /// A byte string of fixed length: leading zeros stay.
    @inlinable
    public mutating func append<let count: Int>(_ value: FixedBytes<count>) {
        guard count > 1, count < 56 else { return value.withUnsafeBytes { append(string: $0) } }
        let start = take(1 &+ count)
        guard let out else { return }
        out.storeBytes(of: 0x80 &+ UInt8(truncatingIfNeeded: count), toByteOffset: start, as: UInt8.self)
        out.storeBytes(of: value, toByteOffset: start &+ 1, as: FixedBytes<count>.self)
    }

    /// An address, or the empty string for none (a contract creation).
    @inlinable
    public mutating func append(_ address: Address?) {
        if let address { append(address.word) } else { append(byte: 0x80) }
    }

    /// A tree of items.
    public mutating func append(_ item: RLPItem) {
        switch item {
        case .bytes(let bytes): append(bytes)
        case .list(let items): appendList { list in for item in items { list.append(item) } }
        }
    }

    /// A list whose members `body` appends.
    @inlinable
    public mutating func appendList(_ body: (inout RLPEncoder) -> Void) {
        // A header of one byte is right for most inner lists; a longer one moves the payload, which is cheaper than measuring it.
        let start = take(1)
        body(&self)
        let length = count - start - 1
        guard length < 56 else { return widenHeader(at: start, payload: length) }
        out?.storeBytes(of: 0xc0 + UInt8(truncatingIfNeeded: length), toByteOffset: start, as: UInt8.self)
    }

    @usableFromInline
    mutating func widenHeader(at start: Int, payload length: Int) {
        let header = Self.headerSize(length)
        _ = take(header - 1)
        guard let out else { return }
        (out + start + header).copyMemory(from: out + start + 1, byteCount: length)
        Self.writeHeader(to: out + start, payload: length)
    }
}
