/// An unsigned 256-bit integer, the word of the EVM: four 64-bit limbs, least significant first.
///
/// Arithmetic traps on overflow like every Swift integer; `&+`, `&-`, `&*` wrap modulo 2²⁵⁶ as the EVM does, and the
/// `…ReportingOverflow` forms tell.
@frozen
public struct UInt256: Sendable, Hashable {
    /// Limbs, least significant first.
    @usableFromInline var limb0: UInt64
    @usableFromInline var limb1: UInt64
    @usableFromInline var limb2: UInt64
    @usableFromInline var limb3: UInt64

    /// Builds a value from its limbs, least significant first.
    @inlinable
    public init(limbs limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64) {
        self.limb0 = limb0
        self.limb1 = limb1
        self.limb2 = limb2
        self.limb3 = limb3
    }

    /// The four limbs, least significant first.
    @inlinable
    public var limbs: (UInt64, UInt64, UInt64, UInt64) { (limb0, limb1, limb2, limb3) }

    @inlinable public static var zero: Self { Self(limbs: 0, 0, 0, 0) }
    @inlinable public static var max: Self { Self(limbs: .max, .max, .max, .max) }
    @inlinable public static var min: Self { .zero }

    /// Whether the value fits 64 bits, and then that value.
    @inlinable
    public var asUInt64: UInt64? { limb1 | limb2 | limb3 == 0 ? limb0 : nil }

    /// Whether the value fits 128 bits, and then that value.
    @inlinable
    public var asUInt128: UInt128? { limb2 | limb3 == 0 ? UInt128(limb1) << 64 | UInt128(limb0) : nil }

    /// The 32 big-endian bytes of the word, as the ABI and the EVM lay it out.
    @inlinable
    public var bigEndianBytes: B256 {
        B256(unsafeFilledBy: { buffer in
            withUnsafeBytes(of: (limb3.bigEndian, limb2.bigEndian, limb1.bigEndian, limb0.bigEndian)) {
                buffer.copyMemory(from: $0)
            }
        })
    }

    /// Reads a 32-byte big-endian word.
    public init(bigEndian word: B256) {
        self = word.withUnsafeBytes { Self(bigEndianBytes: $0) }
    }

    /// Reads up to 32 big-endian bytes; shorter input counts as left-padded with zeros. The caller guarantees `count <= 32`.
    public init(bigEndianBytes bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= 32, "a 256-bit word has at most 32 bytes")
        var limbs: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &limbs) { raw in
            var index = 0
            for byte in bytes.reversed() {
                raw[index] = byte
                index += 1
            }
        }
        self.init(
            limbs: UInt64(littleEndian: limbs.0), UInt64(littleEndian: limbs.1), UInt64(littleEndian: limbs.2),
            UInt64(littleEndian: limbs.3))
    }

    /// Reads up to 32 big-endian bytes, `nil` if there are more.
    public init?(bigEndianBytes bytes: some Collection<UInt8>) {
        guard bytes.count <= 32 else { return nil }
        let inPlace = bytes.withContiguousStorageIfAvailable { Self(bigEndianBytes: UnsafeRawBufferPointer($0)) }
        self = inPlace ?? Array(bytes).withUnsafeBytes { Self(bigEndianBytes: $0) }
    }

    /// The big-endian bytes without leading zeros; empty for zero (the scalar form of RLP).
    public var minimalBigEndianBytes: [UInt8] {
        let word = bigEndianBytes.bytes
        return Array(word.drop { $0 == 0 })
    }
}
