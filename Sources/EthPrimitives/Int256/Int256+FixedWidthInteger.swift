extension Int256: SignedInteger, FixedWidthInteger {
    public typealias Words = UInt256.Words
    public typealias Magnitude = UInt256

    @inlinable public static var bitWidth: Int { 256 }
    @inlinable public static var isSigned: Bool { true }
    /// The two's complement in words of the machine, least significant first.
    @inlinable public var words: Words { bitPattern.words }

    @inlinable public init(_truncatingBits bits: UInt) { self.init(bitPattern: UInt256(_truncatingBits: bits)) }

    @inlinable
    public init(_ source: Int64) {
        let fill: UInt64 = source < 0 ? .max : 0
        self.init(bitPattern: UInt256(limbs: UInt64(bitPattern: source), fill, fill, fill))
    }

    /// Traps on a source outside -2²⁵⁵ … 2²⁵⁵ - 1.
    @inlinable
    public init<T: BinaryInteger>(_ source: T) {
        // As every `BinaryInteger` does; input goes through `init(exactly:)`.
        guard let value = Self(exactly: source) else { preconditionFailure("the number does not fit 256 signed bits") }
        self = value
    }

    @inlinable
    public init?<T: BinaryInteger>(exactly source: T) {
        let isNegative = T.isSigned && source < (0 as T)
        self.init(truncatingIfNeeded: source)
        if self.isNegative != isNegative { return nil }
        guard source.bitWidth > 256 else { return }
        let fill: UInt = isNegative ? .max : 0
        for word in source.words.dropFirst(256 / UInt.bitWidth) where word != fill { return nil }
    }

    @inlinable
    public init<T: BinaryInteger>(truncatingIfNeeded source: T) { self.init(bitPattern: UInt256(truncatingIfNeeded: source)) }

    @inlinable
    public init<T: BinaryInteger>(clamping source: T) {
        self = Self(exactly: source) ?? (T.isSigned && source < (0 as T) ? .min : .max)
    }

    @inlinable public static func &= (a: inout Self, b: Self) { a.bitPattern &= b.bitPattern }
    @inlinable public static func |= (a: inout Self, b: Self) { a.bitPattern |= b.bitPattern }
    @inlinable public static func ^= (a: inout Self, b: Self) { a.bitPattern ^= b.bitPattern }
    @inlinable public static prefix func ~ (a: Self) -> Self { Self(bitPattern: ~a.bitPattern) }

    @inlinable public static func &<<= (a: inout Self, b: Self) { a.bitPattern &<<= b.bitPattern }
    /// Copies of the sign come from the left.
    @inlinable
    public static func &>>= (a: inout Self, b: Self) {
        let mask = a.isNegative ? UInt256.max : .zero
        a.bitPattern = ((a.bitPattern ^ mask) &>> b.bitPattern) ^ mask
    }

    @inlinable public var leadingZeroBitCount: Int { bitPattern.leadingZeroBitCount }
    @inlinable public var trailingZeroBitCount: Int { bitPattern.trailingZeroBitCount }
    @inlinable public var nonzeroBitCount: Int { bitPattern.nonzeroBitCount }
    @inlinable public var byteSwapped: Self { Self(bitPattern: bitPattern.byteSwapped) }
}
