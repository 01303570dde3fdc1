/// SplitMix64, seeded for one input: input 7 is the same whether or not inputs 0 to 6 were made.
struct FuzzRandom {
    private var state: UInt64

    init(seed: UInt64, target: String, index: UInt64) {
        // FNV-1a tells the targets apart.
        let name = target.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        // Mixed again after the index is added, otherwise neighbouring inputs would share their numbers, one place apart.
        state = Self.mixed(Self.mixed(seed ^ name) &+ index)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        return Self.mixed(state)
    }

    /// A number from 0 up to `bound`, which is positive; close enough to even.
    mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high) }

    /// A place in something that many long, 0 included, the end not; 0 for nothing.
    mutating func place(in count: Int) -> Int { count > 0 ? below(count) : 0 }

    mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next() >> 56) }

    /// One of few elements.
    mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
