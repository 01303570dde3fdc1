/// A strict JSON reader (RFC 8259) over bytes in memory: it can build a value, or only walk over one and tell its extent, so that
/// answers are taken apart without building what nobody reads.
public struct JSONScanner: ~Copyable {
    let bytes: UnsafeBufferPointer<UInt8>
    public private(set) var offset: Int
    private var depth = 0
    /// Whether `value()` refuses objects with two members of one name. RFC 8259 lets readers take either; taking the first where
    /// another program takes the last is how two programs come to read two documents.
    let refusesDuplicateNames: Bool

    /// Bytes that may still be walked over twice, to count what a long array or object holds. Growing by doubling would take three times
    /// the memory; counting without end would let arrays in arrays take the time of each level.
    private var bytesToCount: Int

    /// Values nested deeper than this are refused; node answers stay far below.
    public static let maximumDepth = 128
    /// From so many elements on an array or object is counted.
    private static let many = 256

    public init(_ bytes: UnsafeBufferPointer<UInt8>, offset: Int = 0, refusingDuplicateNames: Bool = false) {
        self.bytes = bytes
        self.offset = offset
        refusesDuplicateNames = refusingDuplicateNames
        bytesToCount = 2 * bytes.count
    }

    /// Parses bytes that hold exactly one value.
    public static func parse(_ bytes: [UInt8], refusingDuplicateNames: Bool = false) throws(JSONError) -> JSON {
        try parse(bytes[...], refusingDuplicateNames: refusingDuplicateNames)
    }

    /// Parses a slice that holds exactly one value.
    public static func parse(_ bytes: ArraySlice<UInt8>, refusingDuplicateNames: Bool = false) throws(JSONError) -> JSON {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            var scanner = JSONScanner(buffer, refusingDuplicateNames: refusingDuplicateNames)
            let value = try scanner.value()
            try scanner.end()
            return value
        }
    }

    /// Requires that only white space follows.
    public mutating func end() throws(JSONError) {
        skipSpace()
        guard offset == bytes.count else { throw JSONError(code: .trailingBytes, offset: offset) }
    }

    /// The next byte that is not white space, not consumed; `nil` at the end.
    public mutating func peek() -> UInt8? {
        skipSpace()
        return offset < bytes.count ? bytes[offset] : nil
    }

    /// Builds the next value.
    public mutating func value() throws(JSONError) -> JSON {
        switch try next() {
        case UInt8(ascii: "{"):
            var members: [JSON.Member] = []
            var names: Set<String> = []
            while let name = try nextName(first: members.isEmpty) {
                if members.count == Self.many { members.reserveCapacity(members.count + 1 + countOfRest()) }
                if refusesDuplicateNames, !names.insert(name).inserted {
                    throw JSONError(code: .duplicateName(name), offset: offset)
                }
                members.append(JSON.Member(name, try value()))
            }
            return .object(members)
        case UInt8(ascii: "["):
            var elements: [JSON] = []
            while try nextElement(first: elements.isEmpty) {
                if elements.count == Self.many { elements.reserveCapacity(elements.count + 1 + countOfRest()) }
                elements.append(try value())
            }
            return .array(elements)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        default: return .number(String(decoding: bytes[try number()], as: UTF8.self))
        }
    }

    /// How many elements or members follow the one at hand, whose value begins here; 0 where they were not counted, or are damaged.
    package mutating func countOfRest() -> Int {
        guard bytesToCount > 0 else { return 0 }
        var walker = JSONScanner(bytes, offset: offset)
        walker.depth = depth
        defer { bytesToCount -= walker.offset - offset }
        var count = 0
        do throws(JSONError) {
            _ = try walker.skip()
            while try walker.next() == UInt8(ascii: ",") {
                walker.offset += 1
                _ = try walker.skip()
                if try walker.next() == UInt8(ascii: ":") {
                    walker.offset += 1
                    _ = try walker.skip()
                }
                count += 1
            }
        } catch { return 0 }  // whoever reads on meets the damage
        return count
    }

    /// Walks over the next value, as strictly as `value()` reads it, and returns where it stands.
    public mutating func skip() throws(JSONError) -> Range<Int> {
        let first = try next()
        let start = offset
        switch first {
        case UInt8(ascii: "{"):
            var isFirst = true
            while try skipName(first: isFirst) {
                isFirst = false
                _ = try skip()
            }
        case UInt8(ascii: "["):
            var isFirst = true
            while try nextElement(first: isFirst) {
                isFirst = false
                _ = try skip()
            }
        case UInt8(ascii: "\""): try checkedString()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: _ = try number()
        }
        return start..<offset
    }

    /// Inside an object: the next member's name, `nil` when the object is closed. The first call consumes the brace.
    public mutating func nextName(first: Bool) throws(JSONError) -> String? {
        guard try open(first, UInt8(ascii: "{"), UInt8(ascii: "}")) else { return nil }
        guard try next() == UInt8(ascii: "\"") else { throw unexpected() }
        let name = try string()
        try expect(UInt8(ascii: ":"))
        return name
    }

    /// The same without building the name; `false` when the object is closed.
    private mutating func skipName(first: Bool) throws(JSONError) -> Bool {
        guard try open(first, UInt8(ascii: "{"), UInt8(ascii: "}")) else { return false }
        guard try next() == UInt8(ascii: "\"") else { throw unexpected() }
        try checkedString()
        try expect(UInt8(ascii: ":"))
        return true
    }

    /// Inside an array: whether another element follows. The first call consumes the bracket.
    public mutating func nextElement(first: Bool) throws(JSONError) -> Bool {
        try open(first, UInt8(ascii: "["), UInt8(ascii: "]"))
    }

    /// Consumes the opening or separating punctuation; `false` when the container is closed.
    private mutating func open(_ first: Bool, _ opening: UInt8, _ closing: UInt8) throws(JSONError) -> Bool {
        if first {
            try expect(opening)
            depth += 1
            guard depth <= Self.maximumDepth else { throw JSONError(code: .tooDeep(limit: Self.maximumDepth), offset: offset) }
            guard try next() == closing else { return true }
        } else {
            let byte = try next()
            if byte == UInt8(ascii: ",") {
                offset += 1
                return true
            }
            guard byte == closing else { throw unexpected() }
        }
        offset += 1
        depth -= 1
        return false
    }

    private mutating func skipSpace() {
        while offset < bytes.count,
            bytes[offset] == 0x20
                || (bytes[offset] <= 0x0D && bytes[offset] >= 0x09 && bytes[offset] != 0x0B && bytes[offset] != 0x0C)
        {
            offset += 1
        }
    }

    private mutating func next() throws(JSONError) -> UInt8 {
        guard let byte = peek() else { throw JSONError(code: .truncated, offset: offset) }
        return byte
    }

    private func unexpected() -> JSONError {
        offset < bytes.count
            ? JSONError(code: .unexpected(byte: bytes[offset]), offset: offset) : JSONError(code: .truncated, offset: offset)
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard try next() == byte else { throw unexpected() }
        offset += 1
    }

    private mutating func word(_ text: StaticString) throws(JSONError) {
        for index in 0..<text.utf8CodeUnitCount {
            guard offset < bytes.count, bytes[offset] == text.utf8Start[index] else { throw unexpected() }
            offset += 1
        }
    }

    private mutating func number() throws(JSONError) -> Range<Int> {
        let start = offset
        if at(UInt8(ascii: "-")) { offset += 1 }
        if at(UInt8(ascii: "0")) { offset += 1 } else { try digits(start) }
        if at(UInt8(ascii: ".")) {
            offset += 1
            try digits(start)
        }
        if at(UInt8(ascii: "e")) || at(UInt8(ascii: "E")) {
            offset += 1
            if at(UInt8(ascii: "+")) || at(UInt8(ascii: "-")) { offset += 1 }
            try digits(start)
        }
        return start..<offset
    }

    private func at(_ byte: UInt8) -> Bool { offset < bytes.count && bytes[offset] == byte }

    private mutating func digits(_ start: Int) throws(JSONError) {
        let first = offset
        while offset < bytes.count, bytes[offset] >= 0x30, bytes[offset] <= 0x39 { offset += 1 }
        guard offset > first else {
            throw offset == start
                ? unexpected() : JSONError(code: offset < bytes.count ? .invalidNumber : .truncated, offset: offset)
        }
    }

    private mutating func string() throws(JSONError) -> String {
        let (range, content) = try stringRange()
        let raw = UnsafeBufferPointer(rebasing: bytes[range])
        // Plain ASCII was seen byte by byte already.
        if content == .plain { return String(decoding: raw, as: UTF8.self) }
        if content == .unicode {
            guard let text = String(validating: raw, as: UTF8.self) else {
                throw JSONError(code: .invalidString, offset: range.lowerBound)
            }
            return text
        }
        guard let plain = JSONString.unescape(raw), let text = String(validating: plain, as: UTF8.self) else {
            throw JSONError(code: .invalidString, offset: range.lowerBound)
        }
        return text
    }

    /// Walks over a string that nobody reads; what is not plain ASCII is built all the same, to be checked.
    private mutating func checkedString() throws(JSONError) {
        let start = offset
        guard try stringRange().content != .plain else { return }
        offset = start
        _ = try string()
    }

    /// What a string holds, as far as reading it is concerned.
    private enum StringContent { case plain, unicode, escaped }

    /// Walks over a string; the range is that between the quotes.
    private mutating func stringRange() throws(JSONError) -> (range: Range<Int>, content: StringContent) {
        offset += 1
        let start = offset
        var content = StringContent.plain
        while true {
            offset = JSONString.plainEnd(bytes, from: offset)
            guard offset < bytes.count else { throw JSONError(code: .truncated, offset: bytes.count) }
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return (start..<(offset - 1), content)
            case UInt8(ascii: "\\"):
                content = .escaped
                offset += 2
            case 0x80...:
                if content == .plain { content = .unicode }
                while offset < bytes.count, bytes[offset] >= 0x80 { offset += 1 }
            default: throw JSONError(code: .invalidString, offset: offset)
            }
        }
    }
}
