/// The 1600-bit state of Keccak: 25 lanes in local variables, one round unrolled (theta, rho and pi, chi, iota).
struct KeccakState: Sendable {
    private var lanes: InlineArray<25, UInt64> = InlineArray(repeating: 0)

    /// Round constants of iota (the Keccak reference, section 1.2).
    private static let roundConstants: InlineArray<24, UInt64> = [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
        0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ]

    /// Mixes one block of 136 bytes into the state.
    mutating func absorb(_ block: UnsafeRawBufferPointer) {
        for index in 0..<17 {
            lanes[index] ^= UInt64(littleEndian: block.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        }
        permute()
    }

    /// The first 32 bytes of the state.
    var digest: B256 {
        B256(unsafeFilledBy: { out in
            for index in 0..<4 { out.storeBytes(of: lanes[index].littleEndian, toByteOffset: index * 8, as: UInt64.self) }
        })
    }

    @inline(__always)
    private static func rotate(_ lane: UInt64, _ bits: UInt64) -> UInt64 { lane &<< bits | lane &>> (64 &- bits) }

    private mutating func permute() {
        var a0 = lanes[0], a1 = lanes[1], a2 = lanes[2], a3 = lanes[3], a4 = lanes[4]
        var a5 = lanes[5], a6 = lanes[6], a7 = lanes[7], a8 = lanes[8], a9 = lanes[9]
        var a10 = lanes[10], a11 = lanes[11], a12 = lanes[12], a13 = lanes[13], a14 = lanes[14]
        var a15 = lanes[15], a16 = lanes[16], a17 = lanes[17], a18 = lanes[18], a19 = lanes[19]
        var a20 = lanes[20], a21 = lanes[21], a22 = lanes[22], a23 = lanes[23], a24 = lanes[24]
        for round in 0..<24 {
            let c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20
            let c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21
            let c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22
            let c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23
            let c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24
            let d0 = c4 ^ Self.rotate(c1, 1)
            let d1 = c0 ^ Self.rotate(c2, 1)
            let d2 = c1 ^ Self.rotate(c3, 1)
            let d3 = c2 ^ Self.rotate(c4, 1)
            let d4 = c3 ^ Self.rotate(c0, 1)
            let b0 = a0 ^ d0
            let b16 = Self.rotate(a5 ^ d0, 36)
            let b7 = Self.rotate(a10 ^ d0, 3)
            let b23 = Self.rotate(a15 ^ d0, 41)
            let b14 = Self.rotate(a20 ^ d0, 18)
            let b10 = Self.rotate(a1 ^ d1, 1)
            let b1 = Self.rotate(a6 ^ d1, 44)
            let b17 = Self.rotate(a11 ^ d1, 10)
            let b8 = Self.rotate(a16 ^ d1, 45)
            let b24 = Self.rotate(a21 ^ d1, 2)
            let b20 = Self.rotate(a2 ^ d2, 62)
            let b11 = Self.rotate(a7 ^ d2, 6)
            let b2 = Self.rotate(a12 ^ d2, 43)
            let b18 = Self.rotate(a17 ^ d2, 15)
            let b9 = Self.rotate(a22 ^ d2, 61)
            let b5 = Self.rotate(a3 ^ d3, 28)
            let b21 = Self.rotate(a8 ^ d3, 55)
            let b12 = Self.rotate(a13 ^ d3, 25)
            let b3 = Self.rotate(a18 ^ d3, 21)
            let b19 = Self.rotate(a23 ^ d3, 56)
            let b15 = Self.rotate(a4 ^ d4, 27)
            let b6 = Self.rotate(a9 ^ d4, 20)
            let b22 = Self.rotate(a14 ^ d4, 39)
            let b13 = Self.rotate(a19 ^ d4, 8)
            let b4 = Self.rotate(a24 ^ d4, 14)
            a0 = b0 ^ (~b1 & b2) ^ Self.roundConstants[round]
            a1 = b1 ^ (~b2 & b3)
            a2 = b2 ^ (~b3 & b4)
            a3 = b3 ^ (~b4 & b0)
            a4 = b4 ^ (~b0 & b1)
            a5 = b5 ^ (~b6 & b7)
            a6 = b6 ^ (~b7 & b8)
            a7 = b7 ^ (~b8 & b9)
            a8 = b8 ^ (~b9 & b5)
            a9 = b9 ^ (~b5 & b6)
            a10 = b10 ^ (~b11 & b12)
            a11 = b11 ^ (~b12 & b13)
            a12 = b12 ^ (~b13 & b14)
            a13 = b13 ^ (~b14 & b10)
            a14 = b14 ^ (~b10 & b11)
            a15 = b15 ^ (~b16 & b17)
            a16 = b16 ^ (~b17 & b18)
            a17 = b17 ^ (~b18 & b19)
            a18 = b18 ^ (~b19 & b15)
            a19 = b19 ^ (~b15 & b16)
            a20 = b20 ^ (~b21 & b22)
            a21 = b21 ^ (~b22 & b23)
            a22 = b22 ^ (~b23 & b24)
            a23 = b23 ^ (~b24 & b20)
            a24 = b24 ^ (~b20 & b21)
        }
        lanes[0] = a0
        lanes[1] = a1
        lanes[2] = a2
        lanes[3] = a3
        lanes[4] = a4
        lanes[5] = a5
        lanes[6] = a6
        lanes[7] = a7
        lanes[8] = a8
        lanes[9] = a9
        lanes[10] = a10
        lanes[11] = a11
        lanes[12] = a12
        lanes[13] = a13
        lanes[14] = a14
        lanes[15] = a15
        lanes[16] = a16
        lanes[17] = a17
        lanes[18] = a18
        lanes[19] = a19
        lanes[20] = a20
        lanes[21] = a21
        lanes[22] = a22
        lanes[23] = a23
        lanes[24] = a24
    }
}
