/// Columns of text: the first left-aligned, the others right-aligned.
public enum Table {
    public static func row(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let width = index < widths.count ? widths[index] : 0
            let padding = String(repeating: " ", count: max(0, width - cell.count))
            line += index == 0 ? cell + padding : padding + cell
        }
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    /// Decimal digits in groups of three.
    public static func grouped(_ value: some BinaryInteger) -> String {
        let digits = String(value.magnitude)
        var out = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out.append(",") }
            out.append(digit)
        }
        return value < 0 ? "-" + out : out
    }

    /// Places after the point at which an amount of ether shows at least four digits: six, or ten below a thousandth.
    public static func etherPlaces(_ wei: Int128) -> Int { wei.magnitude >= 1_000_000_000_000_000 || wei == 0 ? 6 : 10 }

    /// Wei as ether, rounded half up; amounts that are to add up take the same number of places.
    public static func ether(_ wei: Int128, places: Int? = nil) -> String {
        let unit: Int128 = 1_000_000_000_000_000_000
        let places = places ?? etherPlaces(wei)
        let scale = scale(places)
        let rounded = Int128(Self.rounded(wei, places: places).magnitude)
        let fraction = String(rounded % unit / scale)
        let sign = wei < 0 && rounded > 0 ? "-" : ""
        return "\(sign)\(rounded / unit)." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// Wei rounded half up to so many places of ether.
    public static func rounded(_ wei: Int128, places: Int) -> Int128 {
        let magnitude = (Int128(wei.magnitude) + scale(places) / 2) / scale(places) * scale(places)
        return wei < 0 ? -magnitude : magnitude
    }

    /// Wei in the last of so many places of ether.
    private static func scale(_ places: Int) -> Int128 {
        var scale: Int128 = 1
        for _ in 0..<max(0, 18 - places) { scale *= 10 }
        return scale
    }

    /// A share in percent with one place, rounded half up.
    public static func percent(_ part: Int128, _ whole: Int128) -> String {
        guard whole > 0 else { return "–" }
        let tenths = (Int128(part.magnitude) * 2000 + whole) / (2 * whole)
        return "\(part < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10) %"
    }
}
