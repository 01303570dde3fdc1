extension UTC {
    /// Unix seconds of `2026-01-29T15:00:00Z`, or of less of it: `2026-01-29`, `2026-01-29T15:00Z`, with a space for the T, without
    /// the Z. `nil` for anything else: other zones, dates that do not exist, years before 1970 or after 9999.
    public static func seconds(_ text: String) -> UInt64? {
        var rest = text[...]
        func digits(_ count: Int) -> UInt64? {
            let part = rest.prefix(count)
            guard part.utf8.count == count, part.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
            rest = rest.dropFirst(count)
            return UInt64(part)
        }
        func skip(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = digits(4), year >= 1970, skip("-"), let month = digits(2), (1...12).contains(month), skip("-"),
            let day = digits(2), day >= 1, day <= days(in: month, of: year)
        else { return nil }
        var seconds = daysSince1970(year, month, day) * 86_400
        guard !rest.isEmpty else { return seconds }
        guard skip("T") || skip(" "), let hour = digits(2), hour < 24, skip(":"), let minute = digits(2), minute < 60 else {
            return nil
        }
        seconds += hour * 3600 + minute * 60
        if skip(":") {
            guard let second = digits(2), second < 60 else { return nil }
            seconds += second
        }
        _ = skip("Z")
        return rest.isEmpty ? seconds : nil
    }

    private static func days(in month: UInt64, of year: UInt64) -> UInt64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month - 1)]
    }

    /// The other way round from `date`, by the same cycles.
    private static func daysSince1970(_ year: UInt64, _ month: UInt64, _ day: UInt64) -> UInt64 {
        let shifted = month > 2 ? month - 3 : month + 9
        let year = month > 2 ? year : year - 1
        let yearOfEra = year % 400
        let dayOfYear = (153 * shifted + 2) / 5 + day - 1
        return year / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// `2026-01-29T15:00:11Z`; beyond the year 9999, where it can be no time of a block, `@` and the seconds.
    public static func instant(_ seconds: UInt64) -> String {
        guard seconds < 253_402_300_800 else { return "@\(seconds)" }
        let minute = minute(seconds)
        return minute.prefix(10) + "T" + clock(seconds)
    }
}
