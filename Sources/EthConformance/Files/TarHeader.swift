/// The block before each entry of a tar archive.
struct TarHeader {
    enum Kind { case file, longName, extended, ignored, other }

    let name: String
    let size: Int
    let kind: Kind

    /// Above every archive that anybody reads, and far below where arithmetic on sizes ends.
    private static let sizeLimit = 1 << 40

    /// - Parameter problem: makes an error of what is wrong.
    init(_ block: [UInt8], _ problem: (String) -> ConformanceError) throws(ConformanceError) {
        guard let stated = Self.number(block[148..<156]), stated == Self.checksum(block) else {
            throw problem("a header with a wrong checksum")
        }
        guard let size = Self.number(block[124..<136]), size <= Self.sizeLimit else {
            throw problem("an entry with an impossible size")
        }
        let plain = Self.text(block[..<100])
        let isPOSIX = block[257..<263].elementsEqual("ustar\0".utf8)
        let prefix = isPOSIX ? Self.text(block[345..<500]) : ""
        name = prefix.isEmpty ? plain : prefix + "/" + plain
        switch block[156] {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): (kind, self.size) = (plain.hasSuffix("/") ? .other : .file, size)
        case UInt8(ascii: "L"): (kind, self.size) = (.longName, size)
        case UInt8(ascii: "x"): (kind, self.size) = (.extended, size)
        // What concerns all entries, and long names of links.
        case UInt8(ascii: "g"), UInt8(ascii: "K"): (kind, self.size) = (.ignored, size)
        // Links, folders and devices have no content, whatever their size says.
        case UInt8(ascii: "1")...UInt8(ascii: "6"): (kind, self.size) = (.other, 0)
        default: (kind, self.size) = (.other, size)
        }
    }

    /// The sum of all bytes, those of the checksum counted as spaces.
    private static func checksum(_ block: [UInt8]) -> Int {
        block.indices.reduce(0) { $0 + Int((148..<156).contains($1) ? 0x20 : block[$1]) }
    }

    /// Octal digits between spaces and zeros, or GNU's binary form; `nil` for anything else.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        if let first = field.first, first & 0x80 != 0 {
            // No number is negative, nor does it need more than seven bytes.
            guard first == 0x80, field.dropFirst().dropLast(7).allSatisfy({ $0 == 0 }) else { return nil }
            return field.suffix(7).reduce(0) { $0 << 8 | Int($1) }
        }
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
        guard digits.allSatisfy({ $0 >= 0x30 && $0 < 0x38 }) else { return nil }
        return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }

    /// The text before the first zero. What is no UTF-8 is shown with marks.
    static func text(_ field: ArraySlice<UInt8>) -> String { String(decoding: field.prefix { $0 != 0 }, as: UTF8.self) }

    /// The records of a pax header that matter: `LENGTH KEY=VALUE`, each with a line break.
    static func extended(
        _ bytes: [UInt8], _ problem: (String) -> ConformanceError
    ) throws(ConformanceError) -> (path: String?, size: Int?) {
        var fields: (path: String?, size: Int?) = (nil, nil)
        var rest = bytes[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0 != 0x20 }
            let written = digits.count < 8 ? Int(String(decoding: digits, as: UTF8.self)) : nil
            guard let length = written, length > digits.count + 1, length <= rest.count,
                rest[rest.startIndex + length - 1] == 0x0A
            else { throw problem("a pax header with a malformed record") }
            let record = rest[(rest.startIndex + digits.count + 1)..<(rest.startIndex + length - 1)]
            let key = record.prefix { $0 != UInt8(ascii: "=") }
            let value = String(decoding: record.dropFirst(key.count + 1), as: UTF8.self)
            switch String(decoding: key, as: UTF8.self) {
            case "path": fields.path = value
            case "size":
                guard let size = Int(value), size >= 0, size <= sizeLimit else {
                    throw problem("an entry with an impossible size")
                }
                fields.size = size
            default: break
            }
            rest = rest.dropFirst(length)
        }
        return fields
    }
}
