import EthRPC

/// A gzip member that unpacks to a thousand times its size.
enum GzipBomb {
    /// Zeros, packed. Deflate codes a run of them as one byte again and again, each for 1,032 zeros: such a run is taken from a
    /// small packing and made longer. Checksum and length at the end do not fit: whoever gets there has unpacked it all.
    static func bytes(of size: Int) -> [UInt8] {
        // Compressing bytes in memory cannot fail; if it did, the bomb would be empty, and a test would see that.
        let seed = (try? Gzip.compress([UInt8](repeating: 0, count: 1 << 20))) ?? []
        guard let run = seed.indices.dropFirst(100).first(where: { $0 + 2 < seed.count && seed[$0] == seed[$0 + 1] }) else {
            return seed
        }
        return seed[..<run] + [UInt8](repeating: seed[run], count: max(0, size - (1 << 20)) / 1032) + seed[run...]
    }
}
