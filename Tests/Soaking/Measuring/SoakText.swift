/// Numbers for people.
enum SoakText {
    /// One place after the point.
    static func fixed(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    /// Digits in groups of three.
    static func grouped(_ value: Int) -> String {
        var out = ""
        let digits = String(value)
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out.append(",") }
            out.append(digit)
        }
        return out
    }

    static func percent(_ part: Int, _ whole: Int) -> String { fixed(Double(part) * 100 / Double(max(1, whole))) + " %" }
    static func mebibytes(_ kibibytes: Int) -> String { fixed(Double(kibibytes) / 1024) + " MiB" }
    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
