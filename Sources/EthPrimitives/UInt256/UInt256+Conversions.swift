extension UInt256 {
    @inlinable
    public init(_truncatingBits bits: UInt) { self.init(limbs: UInt64(bits), 0, 0, 0) }

    @inlinable
    public init(_ source: UInt64) { self.init(limbs: source, 0, 0, 0) }

    /// Traps on a negative source and on one above 2²⁵⁶ − 1.
    @inlinable
    public init<T: BinaryInteger>(_ source: T) {
        // As every `BinaryInteger` does; input goes through `init(exactly:)`.
        guard let value = Self(exactly: source) else { preconditionFailure("the number does not fit 256 unsigned bits") }
        self = value
    }

    @inlinable
    public init?<T: BinaryInteger>(exactly source: T) {
        if T.isSigned, source < (0 as T) { return nil }
        self.init(truncatingIfNeeded: source)
        guard source.bitWidth > 256 else { return }
        for word in source.words.dropFirst(256 / UInt.bitWidth) where word != 0 { return nil }
    }

    @inlinable
    public init<T: BinaryInteger>(truncatingIfNeeded source: T) {
        if source.bitWidth <= 64 {
            // Sign extension: the low bits, and copies of the top one if the source is negative.
            let fill: UInt64 = T.isSigned && source < (0 as T) ? .max : 0
            self.init(limbs: UInt64(truncatingIfNeeded: source), fill, fill, fill)
            return
        }
        let isNegative = T.isSigned && source < (0 as T)
        var value = isNegative ? Self.max : .zero
        var bit: UInt64 = 0
        for word in source.words {
            if bit >= 256 { break }
            let difference = isNegative ? ~word : word
            let placed = Self(limbs: UInt64(truncatingIfNeeded: difference), 0, 0, 0).shiftedLeft(by: bit)
            value ^= placed
            bit &+= UInt64(UInt.bitWidth)
        }
        self = value
    }

    @inlinable
    public init<T: BinaryInteger>(clamping source: T) {
        self = T.isSigned && source < (0 as T) ? .zero : Self(exactly: source) ?? .max
    }
}
