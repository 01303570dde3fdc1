/// The upright scale of a chart: exact amounts in, heights between 0 (bottom) and 1 (top) out. A `Double` here is a place on paper,
/// never an amount.
struct Axis {
    let low: Int128
    let high: Int128
    /// Round amounts between the two, ascending.
    let ticks: [Int128]
    private let isLogarithmic: Bool

    /// From the lowest to the highest, zero included.
    static func linear(_ values: some Sequence<Int128>) -> Self {
        var low: Int128 = 0
        var high: Int128 = 0
        for value in values {
            low = min(low, clamped(value))
            high = max(high, clamped(value))
        }
        if low == high { high = 1 }
        let step = step(above: (high - low) / 4)
        // What hangs below zero is mostly small: a whole step for it would waste the paper.
        high = (high + step - 1) / step * step
        return Self(low: low, high: high, ticks: stride(low / step * step, high, step), isLogarithmic: false)
    }

    /// For amounts above zero of very different sizes; lower ones count as 1.
    static func logarithmic(_ values: some Sequence<Int128>) -> Self {
        var low = Int128.max
        var high: Int128 = 1
        for value in values {
            low = min(low, max(1, clamped(value)))
            high = max(high, clamped(value))
        }
        low = min(low, high)
        var ticks: [Int128] = []
        var power: Int128 = 1
        while power <= high {
            for digit in [1, 2, 5] as [Int128] where (low...high).contains(power * digit) { ticks.append(power * digit) }
            power *= 10
        }
        while ticks.count > 6 { ticks = ticks.enumerated().filter { $0.offset % 2 == 0 }.map(\.element) }
        return Self(low: low, high: low == high ? high + 1 : high, ticks: ticks, isLogarithmic: true)
    }

    func height(_ value: Int128) -> Double {
        let value = min(max(value, low), high)
        guard isLogarithmic else { return Double(value - low) / Double(high - low) }
        let bottom = Self.logarithm(Double(low))
        return (Self.logarithm(Double(value)) - bottom) / (Self.logarithm(Double(high)) - bottom)
    }

    /// To base 2, to a thousandth: squaring gives one binary digit after the other.
    private static func logarithm(_ value: Double) -> Double {
        var rest = value.significand
        var result = Double(value.exponent)
        var digit = 0.5
        for _ in 0..<12 {
            rest *= rest
            if rest >= 2 {
                rest /= 2
                result += digit
            }
            digit /= 2
        }
        return result
    }

    /// Far inside of what 128 bits hold, so that differences and steps do too.
    private static func clamped(_ value: Int128) -> Int128 { min(max(value, -(1 << 100)), 1 << 100) }

    /// The first of 1, 2, 5, 10, 20, … above an amount.
    private static func step(above value: Int128) -> Int128 {
        var power: Int128 = 1
        while power * 10 <= value { power *= 10 }
        return ([1, 2, 5] as [Int128]).map { $0 * power }.first { $0 > value } ?? power * 10
    }

    private static func stride(_ low: Int128, _ high: Int128, _ step: Int128) -> [Int128] {
        var ticks: [Int128] = []
        var tick = low
        while tick <= high {
            ticks.append(tick)
            tick += step
        }
        return ticks
    }
}
