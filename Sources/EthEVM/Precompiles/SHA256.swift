package import EthPrimitives

/// SHA-256 (FIPS 180-4), in constant memory and without the heap.
package enum SHA256 {
    package static func hash(_ message: UnsafeRawBufferPointer) -> B256 {
        var state = State()
        DigestBlocks.forEach(of: message, lengthIsBigEndian: true) { state.compress($0) }
        return state.digest
    }

    /// The eight words of the state (FIPS 180-4, section 5.3.3): square roots of primes.
    private struct State {
        var a: UInt32 = 0x6a09e667, b: UInt32 = 0xbb67ae85, c: UInt32 = 0x3c6ef372, d: UInt32 = 0xa54ff53a
        var e: UInt32 = 0x510e527f, f: UInt32 = 0x9b05688c, g: UInt32 = 0x1f83d9ab, h: UInt32 = 0x5be0cd19

        var digest: B256 {
            B256(unsafeFilledBy: { out in
                withUnsafeBytes(
                    of: (
                        a.bigEndian, b.bigEndian, c.bigEndian, d.bigEndian, e.bigEndian, f.bigEndian, g.bigEndian, h.bigEndian
                    )
                ) { out.copyMemory(from: $0) }
            })
        }

        /// Section 6.2.2.
        mutating func compress(_ block: UnsafeRawPointer) {
            var s = self
            // The last 16 words of the schedule: word t replaces word t - 16.
            var words = InlineArray<16, UInt32>(repeating: 0)
            for index in 0..<16 {
                words[unchecked: index] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: 4 &* index, as: UInt32.self))
            }
            var start = 0
            while true {
                // Eight rounds at a time: then no word of the state has to move.
                for half in 0..<2 {
                    let i = 8 &* half
                    Self.round(
                        s.a, s.b, s.c, &s.d, s.e, s.f, s.g, &s.h, roundConstants[unchecked: start &+ i] &+ words[unchecked: i])
                    Self.round(
                        s.h, s.a, s.b, &s.c, s.d, s.e, s.f, &s.g,
                        roundConstants[unchecked: start &+ i &+ 1] &+ words[unchecked: i &+ 1])
                    Self.round(
                        s.g, s.h, s.a, &s.b, s.c, s.d, s.e, &s.f,
                        roundConstants[unchecked: start &+ i &+ 2] &+ words[unchecked: i &+ 2])
                    Self.round(
                        s.f, s.g, s.h, &s.a, s.b, s.c, s.d, &s.e,
                        roundConstants[unchecked: start &+ i &+ 3] &+ words[unchecked: i &+ 3])
                    Self.round(
                        s.e, s.f, s.g, &s.h, s.a, s.b, s.c, &s.d,
                        roundConstants[unchecked: start &+ i &+ 4] &+ words[unchecked: i &+ 4])
                    Self.round(
                        s.d, s.e, s.f, &s.g, s.h, s.a, s.b, &s.c,
                        roundConstants[unchecked: start &+ i &+ 5] &+ words[unchecked: i &+ 5])
                    Self.round(
                        s.c, s.d, s.e, &s.f, s.g, s.h, s.a, &s.b,
                        roundConstants[unchecked: start &+ i &+ 6] &+ words[unchecked: i &+ 6])
                    Self.round(
                        s.b, s.c, s.d, &s.e, s.f, s.g, s.h, &s.a,
                        roundConstants[unchecked: start &+ i &+ 7] &+ words[unchecked: i &+ 7])
                }
                start &+= 16
                if start == 64 { break }
                for index in 0..<16 {
                    let old = words[unchecked: (index &+ 1) & 15]
                    let new = words[unchecked: (index &+ 14) & 15]
                    words[unchecked: index] &+=
                        (Self.rotate(old, 7) ^ Self.rotate(old, 18) ^ old &>> 3) &+ words[unchecked: (index &+ 9) & 15]
                        &+ (Self.rotate(new, 17) ^ Self.rotate(new, 19) ^ new &>> 10)
                }
            }
            a &+= s.a
            b &+= s.b
            c &+= s.c
            d &+= s.d
            e &+= s.e
            f &+= s.f
            g &+= s.g
            h &+= s.h
        }

        @inline(__always)
        private static func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 { word &>> bits | word &<< (32 &- bits) }

        @inline(__always)
        private static func round(
            _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32,
            _ word: UInt32
        ) {
            let choice = g ^ (e & (f ^ g))
            let majority = (a & b) | (c & (a | b))
            let first = h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ choice &+ word
            d &+= first
            h = first &+ (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ majority
        }
    }

    /// Section 4.2.2: cube roots of primes.
    private static let roundConstants: InlineArray<64, UInt32> = [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ]
}
