/// Writes JSON as compact UTF-8 (RFC 8259), members in their order or sorted by name.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    let sorted: Bool

    public init(sorted: Bool = false) { self.sorted = sorted }

    /// The compact bytes of a value.
    public static func bytes(of value: JSON, sorted: Bool = false) -> [UInt8] {
        var writer = Self(sorted: sorted)
        writer.write(value)
        return writer.bytes
    }

    public mutating func write(_ value: JSON) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .number(let digits): append(digits)
        case .string(let text): write(text)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in (sorted ? members.sorted { $0.name < $1.name } : members).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(member.name)
                bytes.append(UInt8(ascii: ":"))
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Appends bytes that are JSON already.
    public mutating func writeRaw(_ json: some Sequence<UInt8>) { bytes.append(contentsOf: json) }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20:
                append("\\u00")
                bytes.append(Self.digits[Int(byte >> 4)])
                bytes.append(Self.digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

extension JSON: CustomStringConvertible {
    /// Compact text, members in their order.
    public var description: String { String(decoding: JSONWriter.bytes(of: self), as: UTF8.self) }

    /// Compact text with the members of every object sorted by name: equal values have equal texts.
    public var sortedText: String { String(decoding: JSONWriter.bytes(of: self, sorted: true), as: UTF8.self) }
}
