import KeeperCore

/// Amounts of ether that stand above each other with a sum below, all rounded to the same number of places.
enum EtherColumn {
    /// The parts, rounded so that they add up to what the sum is printed as: those whose rounding loses most get one unit of the last
    /// place more. Everything in wei.
    static func rounded(_ parts: [Int128], to total: Int128, places: Int) -> [Int128] {
        let unit = Table.rounded(1_000_000_000_000_000_000, places: 0) / powerOfTen(places)
        var rounded = parts.map { Table.rounded($0, places: places) }
        var missing = (total - rounded.reduce(0, +)) / unit
        let step: Int128 = missing < 0 ? -1 : 1
        // The part that was rounded away furthest from what is missing comes first; equal ones in their order.
        let order = parts.indices.sorted { a, b in
            let (lossA, lossB) = ((parts[a] - rounded[a]) * step, (parts[b] - rounded[b]) * step)
            return lossA == lossB ? a < b : lossA > lossB
        }
        for index in order where missing != 0 {
            rounded[index] += step * unit
            missing -= step
        }
        return rounded
    }

    private static func powerOfTen(_ places: Int) -> Int128 { (0..<min(max(places, 0), 18)).reduce(1) { power, _ in power * 10 } }

    /// A round amount with as many places as it takes.
    static func round(_ wei: Int128) -> String {
        var places = 1
        while places < 18, Table.rounded(wei, places: places) != wei { places += 1 }
        let text = Table.ether(wei, places: places)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// With a plus before what is above zero.
    static func signed(_ wei: Int128, places: Int) -> String { (wei > 0 ? "+" : "") + Table.ether(wei, places: places) }
}

/// Gas with a plus before what is above zero.
func signedGas(_ gas: Int64) -> String { (gas > 0 ? "+" : "") + Table.grouped(gas) }
