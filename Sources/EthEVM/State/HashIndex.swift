import EthPrimitives

/// Where records stand, by the hash of their keys: open addressing in one piece of memory. The records themselves, and their keys,
/// are somebody else's.
/// Like an arena, it is a constant to whoever holds it.
struct HashIndex: ~Copyable {
    private struct Header {
        /// The upper half is the hash, the lower half the place and one; 0 is free.
        var buckets: UnsafeMutablePointer<UInt64>
        var mask: Int
        var count = 0

        init(_ capacity: Int) {
            buckets = .allocate(capacity: capacity)
            buckets.initialize(repeating: 0, count: capacity)
            mask = capacity - 1
        }
    }

    private static let leastCapacity = 128
    private let header = UnsafeMutablePointer<Header>.allocate(capacity: 1)

    init() { header.initialize(to: Header(Self.leastCapacity)) }

    deinit {
        header.pointee.buckets.deallocate()
        header.deallocate()
    }

    /// The place of the record with this hash that `matches`.
    @inline(__always)
    func find(_ hash: UInt32, where matches: (Int) -> Bool) -> Int? {
        let (buckets, mask) = (header.pointee.buckets, header.pointee.mask)
        var position = Int(hash) & mask
        while true {
            let bucket = buckets[position]
            if bucket == 0 { return nil }
            if UInt32(truncatingIfNeeded: bucket &>> 32) == hash {
                let place = Int(bucket & 0xffff_ffff) &- 1
                if matches(place) { return place }
            }
            position = (position &+ 1) & mask
        }
    }

    /// Notes a record that `find` does not find.
    func insert(_ hash: UInt32, _ place: Int) {
        // At three quarters runs of full buckets are still short.
        if header.pointee.count &* 4 > header.pointee.mask &* 3 { grow() }
        put(UInt64(hash) &<< 32 | UInt64(place &+ 1))
        header.pointee.count &+= 1
    }

    /// Forgets all; a table that grew large is given back.
    func removeAll() {
        guard header.pointee.count > 0 else { return }
        if header.pointee.mask > 4_095 {
            header.pointee.buckets.deallocate()
            header.pointee = Header(Self.leastCapacity)
        } else {
            header.pointee.buckets.update(repeating: 0, count: header.pointee.mask + 1)
            header.pointee.count = 0
        }
    }

    private func put(_ bucket: UInt64) {
        let (buckets, mask) = (header.pointee.buckets, header.pointee.mask)
        var position = Int(bucket &>> 32) & mask
        while buckets[position] != 0 { position = (position &+ 1) & mask }
        buckets[position] = bucket
    }

    private func grow() {
        let old = header.pointee
        header.pointee = Header(2 * (old.mask + 1))
        header.pointee.count = old.count
        for position in 0...old.mask where old.buckets[position] != 0 { put(old.buckets[position]) }
        old.buckets.deallocate()
    }

    /// Differs from process to process, so that nobody can choose keys that fall together.
    private static let seed = UInt64.random(in: .min ... .max)

    /// The hash of a word that belongs to an account.
    @inline(__always)
    static func hash(_ word: UInt256, _ account: Int) -> UInt32 {
        let limbs = word.limbs
        var hash = mix(limbs.0 ^ seed, limbs.1 ^ 0x9e37_79b9_7f4a_7c15)
        hash = mix(hash ^ limbs.2, limbs.3 ^ 0xd6e8_feb8_6659_fd93)
        hash = mix(hash, UInt64(truncatingIfNeeded: account) &+ 0xa076_1d64_78bd_642f)
        return UInt32(truncatingIfNeeded: hash)
    }

    @inline(__always)
    static func hash(_ address: Address) -> UInt32 {
        address.word.withUnsafeBytes { bytes in
            let first = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
            let second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            let third = bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
            let hash = mix(first ^ seed, second ^ 0x9e37_79b9_7f4a_7c15)
            return UInt32(truncatingIfNeeded: mix(hash, UInt64(third) &+ 0xa076_1d64_78bd_642f))
        }
    }

    /// Both halves of a product, folded.
    @inline(__always)
    private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
