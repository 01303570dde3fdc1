public import EthPrimitives

extension RLPReader {
    /// A byte string, copied.
    @inlinable
    public mutating func bytes() throws(RLPError) -> [UInt8] { Array(try string()) }

    /// An integer without leading zero bytes, of at most 64 bits.
    ///
    /// Throws `RLPError.leadingZero` or `.integerTooLarge`.
    @inlinable
    public mutating func uint64() throws(RLPError) -> UInt64 {
        if let small = smallInteger() { return small }
        let string = try string()
        guard let first = string.first else { return 0 }
        guard first != 0 else { throw .leadingZero }
        guard string.count <= 8 else { throw .integerTooLarge(bits: 64) }
        return Self.limb(string, end: string.count)
    }

    /// An integer without leading zero bytes, of at most 256 bits.
    ///
    /// Throws `RLPError.leadingZero` or `.integerTooLarge`.
    @inlinable
    public mutating func uint256() throws(RLPError) -> UInt256 {
        if let small = smallInteger() { return UInt256(limbs: small, 0, 0, 0) }
        return try largeInteger()
    }

    /// The quick way for most integers: up to eight bytes with eight bytes of input from where they begin. `nil`, with nothing passed, for
    /// everything else, mistakes among it.
    @inlinable
    @inline(__always)
    mutating func smallInteger() -> UInt64? {
        guard end &- cursor >= 9 else { return nil }
        let prefix = input[cursor]
        if prefix < 0x80 {
            guard prefix != 0 else { return nil }
            cursor &+= 1
            return UInt64(prefix)
        }
        let count = Int(prefix &- 0x80)
        guard count <= 8 else { return nil }
        if count == 0 {
            cursor &+= 1
            return 0
        }
        let value = UInt64(bigEndian: input.loadUnaligned(fromByteOffset: cursor &+ 1, as: UInt64.self))
        // No leading zero byte, and no single byte that needs no prefix.
        guard value >> 56 != 0, count > 1 || value >> 63 == 1 else { return nil }
        cursor &+= 1 &+ count
        return value &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    }

    @usableFromInline
    mutating func largeInteger() throws(RLPError) -> UInt256 {
        let string = try string()
        guard let first = string.first else { return .zero }
        guard first != 0 else { throw .leadingZero }
        let count = string.count
        guard count <= 32 else { throw .integerTooLarge(bits: 256) }
        return UInt256(
            limbs: Self.limb(string, end: count), Self.limb(string, end: count - 8), Self.limb(string, end: count - 16),
            Self.limb(string, end: count - 24))
    }

    /// The big-endian limb of up to eight bytes that ends at `end`; zero if that is not behind the start.
    @inlinable
    static func limb(_ string: UnsafeRawBufferPointer, end: Int) -> UInt64 {
        if end >= 8 { return UInt64(bigEndian: string.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self)) }
        var limb: UInt64 = 0
        for index in 0..<max(end, 0) { limb = limb << 8 | UInt64(string[index]) }
        return limb
    }

    /// An amount of at most 256 bits.
    @inlinable
    public mutating func wei() throws(RLPError) -> Wei { Wei(try uint256()) }

    /// A byte string of exactly `count` bytes. Throws `RLPError.wrongLength` otherwise.
    @inlinable
    public mutating func fixedBytes<let count: Int>(_ type: FixedBytes<count>.Type = FixedBytes<count>.self) throws(RLPError)
        -> FixedBytes<count>
    {
        let string = try string()
        guard string.count == count else { throw .wrongLength(expected: count, actual: string.count) }
        return FixedBytes(unsafeFilledBy: { $0.copyMemory(from: string) })
    }

    /// An address of exactly 20 bytes.
    @inlinable
    public mutating func address() throws(RLPError) -> Address { Address(try fixedBytes(FixedBytes<20>.self)) }

    /// An address, or `nil` for the empty string: the recipient of a contract creation.
    @inlinable
    public mutating func optionalAddress() throws(RLPError) -> Address? {
        if cursor < end, input[cursor] == 0x80 {
            cursor &+= 1
            return nil
        }
        return try address()
    }

    /// The value as a tree of items, nested at most `maximumDepth` deep. Throws `RLPError.tooDeep` beyond.
    public mutating func item(maximumDepth: Int = RLPDecoder.defaultMaximumDepth) throws(RLPError) -> RLPItem {
        try item(depth: 0, maximumDepth: maximumDepth)
    }

    private mutating func item(depth: Int, maximumDepth: Int) throws(RLPError) -> RLPItem {
        guard isAtList else {
            let string = try string()
            return .bytes(string.count == 1 ? Self.singleBytes[Int(string[0])] : Array(string))
        }
        guard depth < maximumDepth else { throw .tooDeep(maximum: maximumDepth) }
        var members = try list()
        var items: [RLPItem] = []
        while !members.isAtEnd { items.append(try members.item(depth: depth + 1, maximumDepth: maximumDepth)) }
        return .list(items)
    }

    /// Strings of one byte, shared so that a list of them does not take many times its size.
    private static let singleBytes: [[UInt8]] = (0...0xff).map { [$0] }
}
