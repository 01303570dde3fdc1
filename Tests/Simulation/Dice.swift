/// Random choices that follow from a seed alone. SplitMix64, small enough to be inlined.
struct Dice: Sendable {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number below a bound, which is above 0.
    mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: (next() >> 33) % UInt64(bound)) }

    /// A number of a closed range.
    mutating func from(_ low: Int, to high: Int) -> Int { low + below(high - low + 1) }

    /// Whether something happens that happens this often in a thousand times.
    mutating func happens(_ thousandths: Int) -> Bool { thousandths > 0 && below(1000) < thousandths }
}
