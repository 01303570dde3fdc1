/// The 25 lanes of Keccak's state, lane (x, y) of the reference at number x + 5y, and the permutation.
///
/// Six lanes are kept inverted ("lane complementing", Keccak implementation overview, section 2.2): chi then needs a handful of
/// complements instead of 25, which matters because baseline x86-64 has no and-not.
struct KeccakLanes: Sendable {
    private var l0: UInt64 = 0, l1: UInt64 = .max, l2: UInt64 = .max, l3: UInt64 = 0, l4: UInt64 = 0
    private var l5: UInt64 = 0, l6: UInt64 = 0, l7: UInt64 = 0, l8: UInt64 = .max, l9: UInt64 = 0
    private var l10: UInt64 = 0, l11: UInt64 = 0, l12: UInt64 = .max, l13: UInt64 = 0, l14: UInt64 = 0
    private var l15: UInt64 = 0, l16: UInt64 = 0, l17: UInt64 = .max, l18: UInt64 = 0, l19: UInt64 = 0
    private var l20: UInt64 = .max, l21: UInt64 = 0, l22: UInt64 = 0, l23: UInt64 = 0, l24: UInt64 = 0

    /// Round constants of iota (the Keccak reference, section 1.2).
    private static let roundConstants: InlineArray<24, UInt64> = [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
        0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ]

    /// The first 32 bytes of the state, as they are to be read.
    var digest: B256 {
        B256(unsafeFilledBy: { out in
            withUnsafeBytes(of: (l0.littleEndian, (~l1).littleEndian, (~l2).littleEndian, l3.littleEndian)) {
                out.copyMemory(from: $0)
            }
        })
    }

    /// Adds eight bytes, read as a little-endian number, to lane `index`, which the caller keeps below 25.
    @inline(__always)
    mutating func add(_ lane: UInt64, at index: Int) {
        withUnsafeMutableBytes(of: &self) { $0.assumingMemoryBound(to: UInt64.self)[index] ^= lane }
    }

    /// All 24 rounds.
    mutating func permute() { self = rounds() }

    /// Adds `count` blocks of 17 lanes one after the other, each followed by the permutation.
    mutating func absorb(_ count: Int, blocksAt start: UnsafeRawPointer) {
        var lanes = self
        var next = start
        for _ in 0..<count {
            lanes.l0 ^= Self.lane(next, 0)
            lanes.l1 ^= Self.lane(next, 1)
            lanes.l2 ^= Self.lane(next, 2)
            lanes.l3 ^= Self.lane(next, 3)
            lanes.l4 ^= Self.lane(next, 4)
            lanes.l5 ^= Self.lane(next, 5)
            lanes.l6 ^= Self.lane(next, 6)
            lanes.l7 ^= Self.lane(next, 7)
            lanes.l8 ^= Self.lane(next, 8)
            lanes.l9 ^= Self.lane(next, 9)
            lanes.l10 ^= Self.lane(next, 10)
            lanes.l11 ^= Self.lane(next, 11)
            lanes.l12 ^= Self.lane(next, 12)
            lanes.l13 ^= Self.lane(next, 13)
            lanes.l14 ^= Self.lane(next, 14)
            lanes.l15 ^= Self.lane(next, 15)
            lanes.l16 ^= Self.lane(next, 16)
            lanes = lanes.rounds()
            next += 17 * 8
        }
        self = lanes
    }

    /// Lane `index` of a block, its eight bytes read as a little-endian number.
    @inline(__always)
    private static func lane(_ block: UnsafeRawPointer, _ index: Int) -> UInt64 {
        UInt64(littleEndian: block.loadUnaligned(fromByteOffset: 8 &* index, as: UInt64.self))
    }

    /// Two rounds to a turn, so that no lane has to move from one name to another.
    @inline(__always)
    private func rounds() -> Self {
        var lanes = self
        for turn in 0..<12 {
            lanes = lanes.round(Self.roundConstants[2 &* turn]).round(Self.roundConstants[2 &* turn &+ 1])
        }
        return lanes
    }

    @inline(__always)
    private func rotate(_ lane: UInt64, _ bits: UInt64) -> UInt64 { lane &<< bits | lane &>> (64 &- bits) }

    /// One round. The order of its lines is the best of some hundreds that mean the same: it decides which of the 25 lanes the
    /// compiler keeps in registers.
    @inline(__always)
    private func round(_ constant: UInt64) -> Self {
        let a = self
        var e = Self()
        // Theta.
        let c0 = a.l0 ^ a.l5 ^ a.l10 ^ a.l15 ^ a.l20
        let c1 = a.l1 ^ a.l6 ^ a.l11 ^ a.l16 ^ a.l21
        let c2 = a.l2 ^ a.l7 ^ a.l12 ^ a.l17 ^ a.l22
        let c3 = a.l3 ^ a.l8 ^ a.l13 ^ a.l18 ^ a.l23
        let c4 = a.l4 ^ a.l9 ^ a.l14 ^ a.l19 ^ a.l24
        let d0 = c4 ^ rotate(c1, 1)
        let d4 = c3 ^ rotate(c0, 1)
        let d1 = c0 ^ rotate(c2, 1)
        let d2 = c1 ^ rotate(c3, 1)
        let d3 = c2 ^ rotate(c4, 1)
        // Rho, pi, chi and iota, plane by plane.
        let b2 = rotate(a.l12 ^ d2, 43)
        let b0 = a.l0 ^ d0
        let b3 = rotate(a.l18 ^ d3, 21)
        let b1 = rotate(a.l6 ^ d1, 44)
        let b4 = rotate(a.l24 ^ d4, 14)
        e.l0 = b0 ^ (b1 | b2) ^ constant
        e.l2 = b2 ^ (b3 & b4)
        e.l3 = b3 ^ (b4 | b0)
        e.l4 = b4 ^ (b0 & b1)
        e.l1 = b1 ^ (~b2 | b3)
        let b22 = rotate(a.l14 ^ d4, 39)
        let b20 = rotate(a.l2 ^ d2, 62)
        let b23 = rotate(a.l15 ^ d0, 41)
        let b21 = rotate(a.l8 ^ d3, 55)
        let b24 = rotate(a.l21 ^ d1, 2)
        e.l20 = b20 ^ (~b21 & b22)
        e.l22 = b22 ^ (b23 & b24)
        e.l23 = b23 ^ (b24 | b20)
        e.l24 = b24 ^ (b20 & b21)
        e.l21 = ~b21 ^ (b22 | b23)
        let b17 = rotate(a.l11 ^ d1, 10)
        let b15 = rotate(a.l4 ^ d4, 27)
        let b18 = rotate(a.l17 ^ d2, 15)
        let b16 = rotate(a.l5 ^ d0, 36)
        let b19 = rotate(a.l23 ^ d3, 56)
        e.l15 = b15 ^ (b16 & b17)
        e.l17 = b17 ^ (~b18 | b19)
        e.l18 = ~b18 ^ (b19 & b15)
        e.l19 = b19 ^ (b15 | b16)
        e.l16 = b16 ^ (b17 | b18)
        let b12 = rotate(a.l13 ^ d3, 25)
        let b10 = rotate(a.l1 ^ d1, 1)
        let b13 = rotate(a.l19 ^ d4, 8)
        let b11 = rotate(a.l7 ^ d2, 6)
        let b14 = rotate(a.l20 ^ d0, 18)
        e.l10 = b10 ^ (b11 | b12)
        e.l12 = b12 ^ (~b13 & b14)
        e.l13 = ~b13 ^ (b14 | b10)
        e.l14 = b14 ^ (b10 & b11)
        e.l11 = b11 ^ (b12 & b13)
        let b7 = rotate(a.l10 ^ d0, 3)
        let b5 = rotate(a.l3 ^ d3, 28)
        let b8 = rotate(a.l16 ^ d1, 45)
        let b6 = rotate(a.l9 ^ d4, 20)
        let b9 = rotate(a.l22 ^ d2, 61)
        e.l5 = b5 ^ (b6 | b7)
        e.l7 = b7 ^ (b8 | ~b9)
        e.l8 = b8 ^ (b9 | b5)
        e.l9 = b9 ^ (b5 & b6)
        e.l6 = b6 ^ (b7 & b8)
        return e
    }
}
