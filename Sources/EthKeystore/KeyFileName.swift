public import EthPrimitives

/// Names of key files in a folder of geth: `UTC--2018-01-27T01-52-22.000000000Z--012363d61bdc53d0290a0f25e9c89f8257550fb8`.
public enum KeyFileName {
    /// The name of a key file made at this time: Unix seconds before the year 10000, and nanoseconds below 10⁹.
    public static func of(_ address: Address, seconds: UInt64, nanoseconds: UInt32 = 0) -> String {
        let (year, month, day) = date(days: Int(min(seconds, 253_402_300_799) / 86_400))
        let (hour, minute, second) = (Int(seconds / 3600 % 24), Int(seconds / 60 % 60), Int(seconds % 60))
        return "UTC--\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(hour, 2))-\(pad(minute, 2))-\(pad(second, 2))."
            + "\(pad(Int(nanoseconds % 1_000_000_000), 9))Z--\(Hex.encodeUnprefixed(address.bytes))"
    }

    /// The date of the Gregorian calendar, this many days after 1970-01-01.
    ///
    /// Years are counted from March, so that a leap day is the last of its year; 400 of them have 146,097 days.
    private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let fromMarch = days + 719_468  // days from 1 March of the year 0
        let (cycle, inCycle) = fromMarch.quotientAndRemainder(dividingBy: 146_097)
        let yearOfCycle = (inCycle - inCycle / 1_460 + inCycle / 36_524 - inCycle / 146_096) / 365
        let dayOfYear = inCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func pad(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
