public import EthPrimitives

extension RLPItem {
    /// The byte string. Throws `RLPError.expectedBytes` on a list.
    public func asBytes() throws(RLPError) -> [UInt8] {
        guard case .bytes(let bytes) = self else { throw .expectedBytes }
        return bytes
    }

    /// The members. Throws `RLPError.expectedList` on a byte string.
    public func asList() throws(RLPError) -> [RLPItem] {
        guard case .list(let items) = self else { throw .expectedList }
        return items
    }

    /// The members, exactly `count` of them. Throws `RLPError.wrongCount` otherwise.
    public func asList(count: Int) throws(RLPError) -> [RLPItem] {
        let items = try asList()
        guard items.count == count else { throw .wrongCount(expected: count, actual: items.count) }
        return items
    }

    /// An integer without leading zero bytes, of at most 256 bits.
    public func asUInt256() throws(RLPError) -> UInt256 {
        let bytes = try asBytes()
        guard bytes.first != 0 else { throw .leadingZero }
        guard let value = UInt256(bigEndianBytes: bytes) else { throw .integerTooLarge(bits: 256) }
        return value
    }

    /// An integer without leading zero bytes, of at most 64 bits.
    public func asUInt64() throws(RLPError) -> UInt64 {
        guard let value = try asUInt256().asUInt64 else { throw .integerTooLarge(bits: 64) }
        return value
    }

    /// A byte string of exactly `count` bytes.
    public func asFixedBytes<let count: Int>(_ type: FixedBytes<count>.Type = FixedBytes<count>.self) throws(RLPError)
        -> FixedBytes<count>
    {
        let bytes = try asBytes()
        guard let value = FixedBytes<count>(bytes) else { throw .wrongLength(expected: count, actual: bytes.count) }
        return value
    }

    /// An address of exactly 20 bytes.
    public func asAddress() throws(RLPError) -> Address { Address(try asFixedBytes(FixedBytes<20>.self)) }

    /// An address, or `nil` for the empty string: the recipient of a contract creation.
    public func asOptionalAddress() throws(RLPError) -> Address? {
        if case .bytes(let bytes) = self, bytes.isEmpty { return nil }
        return try asAddress()
    }
}
