internal import EthCodec
internal import EthPrimitives

/// What a node would have answered, as far as its refusal of a range of blocks says it.
public enum BlockRangeHint: Sendable, Hashable {
    /// From and to, both included.
    case blocks(ClosedRange<UInt64>)
    /// Blocks in one request.
    case atMost(UInt64)

    /// Where a number of blocks may follow in a text, in lower case; the most specific first.
    private static let leads = [
        "limited to a ", "limited to ", "up to a ", "up to ", "max range: ", "maximum block range: ", "max block range = ",
        "max block range of ", "max block range: ", "max block range ", "blocks distance: ", "(maximum ", "max is ", "at most ",
        "maximum is set to ", "number of requested blocks is ", "ranges over ", "max: ", "limit: ", "greater than ",
        "block range exceeds ", " > ",
    ]

    /// The hint in a refusal's text, or in its data.
    init?(text: String, detail: String?) {
        if let detail, let hint = Self.inData(detail) {
            self = hint
            return
        }
        let text = text.lowercased()
        if let range = Self.inBrackets(text) {
            self = .blocks(range)
            return
        }
        for lead in Self.leads {
            guard let found = text.firstRange(of: lead), let count = Self.count(text[found.upperBound...]) else { continue }
            self = .atMost(count)
            return
        }
        return nil
    }

    /// `[0x7e9b85, 0x7e9d78]`
    private static func inBrackets(_ text: String) -> ClosedRange<UInt64>? {
        guard let open = text.firstRange(of: "[0x"), let close = text[open.upperBound...].firstIndex(of: "]") else { return nil }
        let ends = text[open.upperBound..<close].split(separator: ",").map { part in
            let digits = part.drop { $0 == " " }
            return UInt64(digits.hasPrefix("0x") ? digits.dropFirst(2) : digits, radix: 16)
        }
        guard ends.count == 2, let from = ends[0], let to = ends[1], from <= to else { return nil }
        return from...to
    }

    /// `{"from":"0x1","limit":10000,"to":"0x2"}`
    private static func inData(_ detail: String) -> BlockRangeHint? {
        // Data that is no JSON holds no range of this form.
        guard let json = try? JSONScanner.parse(Array(detail.utf8)), let from = json["from"]?.string, let to = json["to"]?.string,
            let first = Quantity.parse(from)?.asUInt64, let last = Quantity.parse(to)?.asUInt64, first <= last
        else { return nil }
        return .blocks(first...last)
    }

    /// `10,000`, `10.000`, `10k` or `10000`, from 1 to ten million.
    private static func count(_ text: Substring) -> UInt64? {
        let figure = text.prefix { $0.isASCII && ($0.isNumber || $0 == "," || $0 == ".") }
        guard let number = UInt64(figure.filter(\.isNumber)) else { return nil }
        let (count, overflow) = number.multipliedReportingOverflow(by: text.dropFirst(figure.count).hasPrefix("k") ? 1000 : 1)
        return !overflow && count >= 1 && count <= 10_000_000 ? count : nil
    }
}
