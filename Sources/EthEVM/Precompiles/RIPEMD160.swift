import EthPrimitives

/// RIPEMD-160 (Dobbertin, Bosselaers, Preneel, 1996), in constant memory and without the heap.
enum RIPEMD160 {
    static func hash(_ message: UnsafeRawBufferPointer) -> FixedBytes<20> {
        var state = Lane(a: 0x67452301, b: 0xefcdab89, c: 0x98badcfe, d: 0x10325476, e: 0xc3d2e1f0)
        DigestBlocks.forEach(of: message, lengthIsBigEndian: false) { compress($0, &state) }
        return FixedBytes(unsafeFilledBy: { out in
            withUnsafeBytes(
                of: (state.a.littleEndian, state.b.littleEndian, state.c.littleEndian, state.d.littleEndian, state.e.littleEndian)
            ) { out.copyMemory(from: $0) }
        })
    }

    /// Five words: the state, and what each of the two lines of a compression works on.
    private struct Lane {
        var a: UInt32, b: UInt32, c: UInt32, d: UInt32, e: UInt32

        @inline(__always)
        mutating func step(_ mixed: UInt32, _ word: UInt32, _ constant: UInt32, _ shift: UInt8) {
            let sum = RIPEMD160.rotate(a &+ mixed &+ word &+ constant, UInt32(shift)) &+ e
            (a, e, d, c, b) = (e, d, RIPEMD160.rotate(c, 10), b, sum)
        }
    }

    @inline(__always)
    private static func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 { word &<< bits | word &>> (32 &- bits) }

    /// Two lines of five rounds, with the five functions in opposite orders.
    private static func compress(_ block: UnsafeRawPointer, _ state: inout Lane) {
        var (left, right) = (state, state)
        round(0, block, &left, &right, 0, 0x50a28be6, { $0 ^ $1 ^ $2 }, { $0 ^ ($1 | ~$2) })
        round(1, block, &left, &right, 0x5a827999, 0x5c4dd124, { $2 ^ ($0 & ($1 ^ $2)) }, { $1 ^ ($2 & ($0 ^ $1)) })
        round(2, block, &left, &right, 0x6ed9eba1, 0x6d703ef3, { ($0 | ~$1) ^ $2 }, { ($0 | ~$1) ^ $2 })
        round(3, block, &left, &right, 0x8f1bbcdc, 0x7a6d76e9, { $1 ^ ($2 & ($0 ^ $1)) }, { $2 ^ ($0 & ($1 ^ $2)) })
        round(4, block, &left, &right, 0xa953fd4e, 0, { $0 ^ ($1 | ~$2) }, { $0 ^ $1 ^ $2 })
        let first = state.b &+ left.c &+ right.d
        state.b = state.c &+ left.d &+ right.e
        state.c = state.d &+ left.e &+ right.a
        state.d = state.e &+ left.a &+ right.b
        state.e = state.a &+ left.b &+ right.c
        state.a = first
    }

    @inline(__always)
    private static func round(
        _ number: Int, _ block: UnsafeRawPointer, _ left: inout Lane, _ right: inout Lane, _ leftConstant: UInt32,
        _ rightConstant: UInt32, _ leftMix: (UInt32, UInt32, UInt32) -> UInt32, _ rightMix: (UInt32, UInt32, UInt32) -> UInt32
    ) {
        for index in (16 &* number)..<(16 &* number &+ 16) {
            left.step(
                leftMix(left.b, left.c, left.d), word(block, leftWords[unchecked: index]), leftConstant,
                leftShifts[unchecked: index])
            right.step(
                rightMix(right.b, right.c, right.d), word(block, rightWords[unchecked: index]), rightConstant,
                rightShifts[unchecked: index])
        }
    }

    @inline(__always)
    private static func word(_ block: UnsafeRawPointer, _ index: UInt8) -> UInt32 {
        UInt32(littleEndian: block.loadUnaligned(fromByteOffset: 4 &* Int(index), as: UInt32.self))
    }

    /// Which word of the block each step adds, and by how many bits it rotates: a row a round.
    private static let leftWords: InlineArray<80, UInt8> = [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
        3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12,
        1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
        4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
    ]
    private static let rightWords: InlineArray<80, UInt8> = [
        5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12,
        6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
        15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13,
        8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
        12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
    ]
    private static let leftShifts: InlineArray<80, UInt8> = [
        11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8,
        7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
        11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5,
        11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
        9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
    ]
    private static let rightShifts: InlineArray<80, UInt8> = [
        8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6,
        9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
        9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5,
        15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
        8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
    ]
}
