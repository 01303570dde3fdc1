/// Times for people, always UTC.
public enum UTC {
    /// `2022-09-13 00:00`
    public static func minute(_ seconds: UInt64) -> String {
        let (year, month, day) = date(seconds)
        return
            "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2)) \(pad(Int(seconds / 3600 % 24), 2)):\(pad(Int(seconds / 60 % 60), 2))"
    }

    /// `14:59:47Z`
    public static func clock(_ seconds: UInt64) -> String {
        "\(pad(Int(seconds / 3600 % 24), 2)):\(pad(Int(seconds / 60 % 60), 2)):\(pad(Int(seconds % 60), 2))Z"
    }

    /// Days since 1970 to a date of the Gregorian calendar, by counting 400-year cycles from March.
    static func date(_ seconds: UInt64) -> (year: Int, month: Int, day: Int) {
        let days = Int(seconds / 86_400) + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func pad(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
