internal import EthCrypto

/// The mixing function of scrypt (RFC 7914, sections 3 to 5), for the parameters that swift-crypto refuses.
///
/// All memory that it uses is overwritten. Plain 32-bit arithmetic on local variables, because that is quick without
/// optimisation too.
struct ScryptMix {
    let n: Int
    let r: Int

    /// Words of 32 bits in a block.
    private var words: Int { 32 * r }

    /// Mixes each block of 128·r bytes for itself.
    func mix(_ blocks: SecretBytes) -> SecretBytes {
        SecretBytes(
            count: blocks.count,
            filledBy: { out in
                blocks.withUnsafeBytes { out.copyMemory(from: $0) }
                // n blocks of the table and two to work in; nothing to tell, so the bytes are dropped, and with that overwritten.
                _ = SecretBytes(
                    count: (n + 2) * 4 * words,
                    filledBy: { scratch in
                        let room = scratch.bindMemory(to: UInt32.self)
                        for start in stride(from: 0, to: out.count, by: 4 * words) {
                            mix(UnsafeMutableRawBufferPointer(rebasing: out[start..<start + 4 * words]), room)
                        }
                    })
            })
    }

    /// *scryptROMix*: writes a table of n blocks, then mixes in n of them, each chosen by what came out so far.
    private func mix(_ block: UnsafeMutableRawBufferPointer, _ room: UnsafeMutableBufferPointer<UInt32>) {
        guard let table = room.baseAddress else { return }
        let (current, next) = (table + n * words, table + (n + 1) * words)
        for index in 0..<words {
            current[index] = UInt32(littleEndian: block.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
        }
        for index in 0..<n {
            (table + index * words).update(from: current, count: words)
            mixBlock(current, into: next)
            current.update(from: next, count: words)
        }
        for _ in 0..<n {
            let chosen = table + (Int(current[words - 16]) & (n - 1)) * words
            var index = 0
            while index < words {
                current[index] ^= chosen[index]
                index += 1
            }
            mixBlock(current, into: next)
            current.update(from: next, count: words)
        }
        for index in 0..<words { block.storeBytes(of: current[index].littleEndian, toByteOffset: index * 4, as: UInt32.self) }
    }

    /// *scryptBlockMix*: hashes the 2·r parts in a chain; even results go to the first half, odd ones to the second.
    private func mixBlock(_ block: UnsafeMutablePointer<UInt32>, into out: UnsafeMutablePointer<UInt32>) {
        var chain = block + (2 * r - 1) * 16
        var index = 0
        while index < 2 * r {
            let place = out + (index / 2 + (index & 1) * r) * 16
            Self.hash(chain, block + index * 16, into: place)
            chain = place
            index += 1
        }
    }

    /// Salsa20/8 of the exclusive or of two parts of 64 bytes.
    private static func hash(
        _ a: UnsafeMutablePointer<UInt32>, _ b: UnsafeMutablePointer<UInt32>, into out: UnsafeMutablePointer<UInt32>
    ) {
        var (x0, x1) = (a[0] ^ b[0], a[1] ^ b[1])
        var (x2, x3) = (a[2] ^ b[2], a[3] ^ b[3])
        var (x4, x5) = (a[4] ^ b[4], a[5] ^ b[5])
        var (x6, x7) = (a[6] ^ b[6], a[7] ^ b[7])
        var (x8, x9) = (a[8] ^ b[8], a[9] ^ b[9])
        var (x10, x11) = (a[10] ^ b[10], a[11] ^ b[11])
        var (x12, x13) = (a[12] ^ b[12], a[13] ^ b[13])
        var (x14, x15) = (a[14] ^ b[14], a[15] ^ b[15])
        for _ in 0..<4 {
            var t: UInt32
            // Columns.
            t = x0 &+ x12
            x4 ^= t &<< 7 | t &>> 25
            t = x4 &+ x0
            x8 ^= t &<< 9 | t &>> 23
            t = x8 &+ x4
            x12 ^= t &<< 13 | t &>> 19
            t = x12 &+ x8
            x0 ^= t &<< 18 | t &>> 14
            t = x5 &+ x1
            x9 ^= t &<< 7 | t &>> 25
            t = x9 &+ x5
            x13 ^= t &<< 9 | t &>> 23
            t = x13 &+ x9
            x1 ^= t &<< 13 | t &>> 19
            t = x1 &+ x13
            x5 ^= t &<< 18 | t &>> 14
            t = x10 &+ x6
            x14 ^= t &<< 7 | t &>> 25
            t = x14 &+ x10
            x2 ^= t &<< 9 | t &>> 23
            t = x2 &+ x14
            x6 ^= t &<< 13 | t &>> 19
            t = x6 &+ x2
            x10 ^= t &<< 18 | t &>> 14
            t = x15 &+ x11
            x3 ^= t &<< 7 | t &>> 25
            t = x3 &+ x15
            x7 ^= t &<< 9 | t &>> 23
            t = x7 &+ x3
            x11 ^= t &<< 13 | t &>> 19
            t = x11 &+ x7
            x15 ^= t &<< 18 | t &>> 14
            // Rows.
            t = x0 &+ x3
            x1 ^= t &<< 7 | t &>> 25
            t = x1 &+ x0
            x2 ^= t &<< 9 | t &>> 23
            t = x2 &+ x1
            x3 ^= t &<< 13 | t &>> 19
            t = x3 &+ x2
            x0 ^= t &<< 18 | t &>> 14
            t = x5 &+ x4
            x6 ^= t &<< 7 | t &>> 25
            t = x6 &+ x5
            x7 ^= t &<< 9 | t &>> 23
            t = x7 &+ x6
            x4 ^= t &<< 13 | t &>> 19
            t = x4 &+ x7
            x5 ^= t &<< 18 | t &>> 14
            t = x10 &+ x9
            x11 ^= t &<< 7 | t &>> 25
            t = x11 &+ x10
            x8 ^= t &<< 9 | t &>> 23
            t = x8 &+ x11
            x9 ^= t &<< 13 | t &>> 19
            t = x9 &+ x8
            x10 ^= t &<< 18 | t &>> 14
            t = x15 &+ x14
            x12 ^= t &<< 7 | t &>> 25
            t = x12 &+ x15
            x13 ^= t &<< 9 | t &>> 23
            t = x13 &+ x12
            x14 ^= t &<< 13 | t &>> 19
            t = x14 &+ x13
            x15 ^= t &<< 18 | t &>> 14
        }
        out[0] = x0 &+ (a[0] ^ b[0])
        out[1] = x1 &+ (a[1] ^ b[1])
        out[2] = x2 &+ (a[2] ^ b[2])
        out[3] = x3 &+ (a[3] ^ b[3])
        out[4] = x4 &+ (a[4] ^ b[4])
        out[5] = x5 &+ (a[5] ^ b[5])
        out[6] = x6 &+ (a[6] ^ b[6])
        out[7] = x7 &+ (a[7] ^ b[7])
        out[8] = x8 &+ (a[8] ^ b[8])
        out[9] = x9 &+ (a[9] ^ b[9])
        out[10] = x10 &+ (a[10] ^ b[10])
        out[11] = x11 &+ (a[11] ^ b[11])
        out[12] = x12 &+ (a[12] ^ b[12])
        out[13] = x13 &+ (a[13] ^ b[13])
        out[14] = x14 &+ (a[14] ^ b[14])
        out[15] = x15 &+ (a[15] ^ b[15])
    }
}
