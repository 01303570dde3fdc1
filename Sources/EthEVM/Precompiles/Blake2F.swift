import EthPrimitives

/// The compression of BLAKE2b with the number of rounds as an argument (EIP-152; RFC 7693, section 3.2).
enum Blake2F {
    /// Rounds, state, block, offset and the flag of the last block: 4 + 64 + 128 + 16 + 1 bytes, no others are taken.
    static let inputSize = 213
    /// Gas for each round.
    static let roundPrice: Gas = 1

    static func run(_ input: UnsafeRawBufferPointer, gas: Gas) -> Precompile.Answer {
        guard input.count == inputSize, input[inputSize - 1] <= 1 else { return .failure(.precompileFailed) }
        let rounds = UInt32(bigEndian: input.loadUnaligned(as: UInt32.self))
        let price = Gas(rounds) * roundPrice
        guard price <= gas else { return .failure(.outOfGas) }
        return .output(gas: price, compress(input, rounds))
    }

    private static func compress(_ input: UnsafeRawBufferPointer, _ rounds: UInt32) -> [UInt8] {
        var v = InlineArray<16, UInt64>(repeating: 0)
        for index in 0..<8 {
            v[index] = word(input, 4 + 8 * index)
            v[index + 8] = initialState[index]
        }
        v[12] ^= word(input, 196)
        v[13] ^= word(input, 204)
        if input[inputSize - 1] == 1 { v[14] = ~v[14] }
        var row = 0
        for _ in 0..<rounds {
            mix(&v, 0, 4, 8, 12, input, row)
            mix(&v, 1, 5, 9, 13, input, row &+ 2)
            mix(&v, 2, 6, 10, 14, input, row &+ 4)
            mix(&v, 3, 7, 11, 15, input, row &+ 6)
            mix(&v, 0, 5, 10, 15, input, row &+ 8)
            mix(&v, 1, 6, 11, 12, input, row &+ 10)
            mix(&v, 2, 7, 8, 13, input, row &+ 12)
            mix(&v, 3, 4, 9, 14, input, row &+ 14)
            row = row == 144 ? 0 : row &+ 16
        }
        return [UInt8](unsafeUninitializedCapacity: 64) { out, count in
            let raw = UnsafeMutableRawBufferPointer(out)
            for index in 0..<8 {
                let lane = word(input, 4 + 8 * index) ^ v[index] ^ v[index + 8]
                raw.storeBytes(of: lane.littleEndian, toByteOffset: 8 * index, as: UInt64.self)
            }
            count = 64
        }
    }

    @inline(__always)
    private static func word(_ input: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: input.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inline(__always)
    private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word &>> bits | word &<< (64 &- bits) }

    /// RFC 7693, section 3.1, with the two words of the block that the schedule names at `entry` and behind it.
    @inline(__always)
    private static func mix(
        _ v: inout InlineArray<16, UInt64>, _ a: Int, _ b: Int, _ c: Int, _ d: Int, _ input: UnsafeRawBufferPointer, _ entry: Int
    ) {
        let x = word(input, 68 &+ 8 &* Int(schedule[unchecked: entry]))
        let y = word(input, 68 &+ 8 &* Int(schedule[unchecked: entry &+ 1]))
        v[unchecked: a] = v[unchecked: a] &+ v[unchecked: b] &+ x
        v[unchecked: d] = rotate(v[unchecked: d] ^ v[unchecked: a], 32)
        v[unchecked: c] = v[unchecked: c] &+ v[unchecked: d]
        v[unchecked: b] = rotate(v[unchecked: b] ^ v[unchecked: c], 24)
        v[unchecked: a] = v[unchecked: a] &+ v[unchecked: b] &+ y
        v[unchecked: d] = rotate(v[unchecked: d] ^ v[unchecked: a], 16)
        v[unchecked: c] = v[unchecked: c] &+ v[unchecked: d]
        v[unchecked: b] = rotate(v[unchecked: b] ^ v[unchecked: c], 63)
    }

    /// RFC 7693, section 2.6: square roots of primes, those of SHA-512.
    private static let initialState: InlineArray<8, UInt64> = [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ]
    /// RFC 7693, section 2.7: which words of the block the rounds mix in, a row a round; from the eleventh on it begins again.
    private static let schedule: InlineArray<160, UInt8> = [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ]
}
