/// SHA3-256 (FIPS 202) for test vectors only: Ethereum's hash has another padding.
enum SHA3 {
    static func hash(_ message: [UInt8]) -> [UInt8] {
        let rate = 136
        var padded = message + [0x06]
        while padded.count % rate != 0 { padded.append(0) }
        padded[padded.count - 1] |= 0x80
        var lanes = [UInt64](repeating: 0, count: 25)
        for block in stride(from: 0, to: padded.count, by: rate) {
            for (index, byte) in padded[block..<block + rate].enumerated() {
                lanes[index / 8] ^= UInt64(byte) << UInt64(index % 8 * 8)
            }
            permute(&lanes)
        }
        return (0..<32).map { UInt8(truncatingIfNeeded: lanes[$0 / 8] >> UInt64($0 % 8 * 8)) }
    }

    private static func permute(_ a: inout [UInt64]) {
        var lfsr: UInt8 = 1
        for _ in 0..<24 {
            let parity = (0..<5).map { x in (0..<5).reduce(0 as UInt64) { $0 ^ a[x + 5 * $1] } }
            for x in 0..<5 {
                let mix = parity[(x + 4) % 5] ^ rotate(parity[(x + 1) % 5], 1)
                for y in 0..<5 { a[x + 5 * y] ^= mix }
            }
            var (x, y, lane) = (1, 0, a[1])
            for step in 0..<24 {
                (x, y) = (y, (2 * x + 3 * y) % 5)
                (a[x + 5 * y], lane) = (rotate(lane, (step + 1) * (step + 2) / 2 % 64), a[x + 5 * y])
            }
            for y in 0..<5 {
                let row = Array(a[5 * y..<5 * y + 5])
                for x in 0..<5 { a[x + 5 * y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]) }
            }
            // The round constant's bits come from a shift register of 8 bits.
            for bit in 0..<7 {
                if lfsr & 1 == 1 { a[0] ^= 1 << UInt64((1 << bit) - 1) }
                lfsr = lfsr & 0x80 != 0 ? lfsr << 1 ^ 0x71 : lfsr << 1
            }
        }
    }

    private static func rotate(_ x: UInt64, _ bits: Int) -> UInt64 { bits == 0 ? x : x << UInt64(bits) | x >> UInt64(64 - bits) }
}
