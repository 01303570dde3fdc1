/// The `Retry-After` header (RFC 9110, section 10.2.3).
enum RetryAfter {
    /// How long to wait: seconds, or a date, which counts from the date that the answer bears, so that clocks need not agree.
    /// `nil` where there is no header, or nothing can be made of it.
    static func duration(_ value: String?, answeredAt date: String?) -> Duration? {
        guard let value else { return nil }
        // 31 bits: servers mean minutes, and nobody computes with centuries.
        if let seconds = Int32(value), seconds >= 0 { return .seconds(seconds) }
        guard let until = seconds(ofDate: value), let from = date.flatMap(seconds(ofDate:)) else { return nil }
        return .seconds(min(max(0, until - from), Int(Int32.max)))
    }

    /// Unix seconds of an HTTP date in its preferred form (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func seconds(ofDate text: String) -> Int? {
        let words = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let month = months.firstIndex(of: String(words[2])),
            let year = Int(words[3]), (1970...9999).contains(year), (1...31).contains(day)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, (0..<24).contains(time[0]), (0..<60).contains(time[1]), (0...60).contains(time[2]) else {
            return nil
        }
        // Days of the civil calendar, with years that begin in March so that the leap day comes last.
        let (y, m) = month < 2 ? (year - 1, month + 10) : (year, month - 2)
        let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719_469
        return days * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
    }
}
