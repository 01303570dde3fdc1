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

    /// Makes room beforehand.
    public mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

    public mutating func write(_ value: JSON) {
        switch value {
        case .null: writeRaw("null")
        case .bool(let value): writeRaw(value ? "true" : "false")
        case .number(let digits): append(digits)
        case .string(let text): write(text)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for index in elements.indices {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(elements[index])
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let members = sorted ? members.sorted { $0.name < $1.name } : members
            for index in members.indices {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(members[index].name)
                bytes.append(UInt8(ascii: ":"))
                write(members[index].value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Appends bytes that are JSON already.
    public mutating func writeRaw(_ json: some Sequence<UInt8>) { bytes.append(contentsOf: json) }

    /// Appends text that is JSON already.
    public mutating func writeRaw(_ json: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount))
    }

    /// Turns the ASCII letters from an offset on into lower case.
    public mutating func lower(from start: Int) {
        bytes.withUnsafeMutableBufferPointer { bytes in
            var index = start
            while index < bytes.count {
                let byte = bytes[index]
                bytes[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
                index += 1
            }
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Writes a string, with quotes and escapes.
    public mutating func write(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { digits in
            var start = 0
            while start < digits.count {
                let end = JSONString.plainEnd(digits, from: start)
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start..<end]))
                if end < digits.count { escape(digits[end]) }
                start = end + 1
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): writeRaw("\\\"")
        case UInt8(ascii: "\\"): writeRaw("\\\\")
        case 0x0A: writeRaw("\\n")
        case 0x0D: writeRaw("\\r")
        case 0x09: writeRaw("\\t")
        case 0..<0x20:
            writeRaw("\\u00")
            bytes.append(Self.digits[Int(byte >> 4)])
            bytes.append(Self.digits[Int(byte & 15)])
        default: bytes.append(byte)  // text outside ASCII needs no escape
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

extension JSON: CustomStringConvertible {
    /// Compact text, members in their order.
    public var description: String { String(decoding: JSONWriter.bytes(of: self), as: UTF8.self) }

    /// Compact text with the members of every object sorted by name: equal values have equal texts.
    public var sortedText: String { String(decoding: JSONWriter.bytes(of: self, sorted: true), as: UTF8.self) }
}
