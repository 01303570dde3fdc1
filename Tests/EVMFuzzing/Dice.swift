import EthPrimitives
import TestSupport

/// What is random in one program: it follows from seed and number, so that any program can be run again alone.
struct Dice: RandomNumberGenerator {
    private var random: SeededRandom

    init(seed: UInt64, number: UInt64) {
        var mixed = SeededRandom(number)
        random = SeededRandom(seed ^ mixed.next())
    }

    mutating func next() -> UInt64 { random.next() }

    /// From 0 up to, not including, `count`.
    mutating func below(_ count: Int) -> Int { Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high) }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

    /// The place in a list of weights.
    mutating func weighed(_ weights: [Int]) -> Int {
        var left = below(weights.reduce(0, +))
        for (index, weight) in weights.enumerated() {
            if left < weight { return index }
            left -= weight
        }
        return 0
    }

    mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next() >> 32) }

    mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        for index in 0..<count { bytes[index] = byte() }
        return bytes
    }

    /// Mostly a size or an offset that gas can pay, now and then one where arithmetic of 64 or 256 bits has its end.
    mutating func size() -> UInt256 {
        switch below(1_000) {
        case ..<600: UInt256(UInt64(below(4) * 32))
        case ..<900: UInt256(UInt64(below(130)))
        case ..<990: UInt256(UInt64(below(1_500)))
        case ..<994: UInt256(UInt64(below(1 << 20)))
        default: edge()
        }
    }

    /// Numbers around which mistakes live.
    mutating func edge() -> UInt256 {
        let power = UInt256(limbs: 1, 0, 0, 0) << [8, 16, 31, 32, 38, 63, 64, 65, 128, 160, 255, 256][below(12)]
        switch below(4) {
        case 0: return power
        case 1: return power &- UInt256(limbs: 1, 0, 0, 0)
        case 2: return UInt256.zero &- power
        default: return power &- UInt256(UInt64(below(66)))
        }
    }

    /// Any word: small, an edge, or random bits.
    mutating func word() -> UInt256 {
        switch below(10) {
        case ..<5: return UInt256(UInt64(below(300)))
        case ..<7: return edge()
        default: return UInt256(limbs: next(), next(), next(), next()) >> below(256)
        }
    }
}
