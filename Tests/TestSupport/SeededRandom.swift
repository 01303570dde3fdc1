/// SplitMix64: the same numbers on every run.
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(_ seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A copy with a few bytes changed, dropped, doubled or cut.
    public mutating func mutation(of bytes: [UInt8]) -> [UInt8] {
        var out = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) where !out.isEmpty {
            let at = Int.random(in: 0..<out.count, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: out[at] = UInt8.random(in: 0...255, using: &self)
            case 1: out.remove(at: at)
            case 2: out.insert(UInt8.random(in: 0...255, using: &self), at: at)
            case 3: out.removeSubrange(at..<min(out.count, at + 9))
            case 4: out[at] = Array("{}[]\",:\\0x-.eE tfnu".utf8).randomElement(using: &self) ?? 0
            default: out.removeLast(out.count - at)
            }
        }
        return out
    }
}
