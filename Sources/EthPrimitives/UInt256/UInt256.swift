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
}
