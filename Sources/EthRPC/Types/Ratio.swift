/// Ratios as nodes write them: the shortest decimal that reads back as the same number, plain from a millionth on. The only numbers of
/// JSON-RPC that are no integers (`gasUsedRatio`, `blobGasUsedRatio`, percentiles): passed on and shown, never counted with.
enum Ratio {
    static func text(_ ratio: Double) -> String {
        let text = "\(ratio)"
        if text.hasSuffix(".0") { return String(text.dropLast(2)) }
        guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]) else { return text }
        let digits = text[..<mark].filter { $0 != "." && $0 != "-" }
        let sign = text.hasPrefix("-") ? "-" : ""
        guard exponent < 0, exponent >= -6 else {
            let mantissa = text[..<mark].hasSuffix(".0") ? text[..<mark].dropLast(2) : text[..<mark]
            return mantissa + "e" + (exponent < 0 ? "" : "+") + "\(exponent)"
        }
        let significant = digits.hasSuffix("0") && digits.count == 2 ? digits.dropLast() : digits[...]
        return sign + "0." + String(repeating: "0", count: -exponent - 1) + significant
    }
}
