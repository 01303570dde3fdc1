extension Duration {
    private static let units: [(letter: Character, seconds: UInt64)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]

    /// Seconds of `10s`, `5m`, `2h`, `7d`, at most 366 days; `nil` for anything else.
    public static func seconds(parsing text: String) -> UInt64? {
        guard let unit = units.first(where: { $0.letter == text.last }), let count = UInt64(text.dropLast()) else { return nil }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: unit.seconds)
        return overflow || seconds > 366 * 86_400 ? nil : seconds
    }

    /// `90s`, `5m`, `2h`, `7d`: in the largest unit that keeps it whole.
    static func text(seconds: UInt64) -> String {
        let unit = units.first { seconds > 0 && seconds % $0.seconds == 0 } ?? ("s", 1)
        return "\(seconds / unit.seconds)\(unit.letter)"
    }
}
