extension ABIType {
    /// Deeper nesting than any contract uses; bounds recursion on hostile text.
    static let maximumDepth = 32

    /// Parses a type such as `uint256`, `bytes4[]` or `(address,(uint,string)[3])[]`; `uint` and `int` mean 256 bits.
    ///
    /// Throws `ABIError.invalidType` saying what is wrong.
    public init(parsing text: String) throws(ABIError) {
        var parser = ABITypeParser(text: text)
        self = try parser.type(depth: 0)
        guard parser.isAtEnd else { throw parser.failure("unexpected text behind the type") }
    }

    /// Parses a function, event or error signature such as `transfer(address,uint256)` into its name and parameters.
    public static func parseSignature(_ text: String) throws(ABIError) -> (name: String, parameters: [ABIType]) {
        let name = text.prefix { $0 != "(" }
        guard !name.isEmpty, name.count < text.count else {
            throw .invalidType(text: text, reason: "expected a name and parameters in parentheses")
        }
        guard case .tuple(let parameters) = try ABIType(parsing: String(text.dropFirst(name.count))) else {
            throw .invalidType(text: text, reason: "expected parameters in parentheses")
        }
        return (String(name), parameters)
    }
}

/// A recursive descent over the UTF-8 of one type.
private struct ABITypeParser {
    let text: String
    private let characters: [UInt8]
    private var position = 0

    init(text: String) {
        self.text = text
        characters = Array(text.utf8)
    }

    var isAtEnd: Bool { position == characters.count }
    private var next: UInt8? { position < characters.count ? characters[position] : nil }

    func failure(_ reason: String) -> ABIError { .invalidType(text: text, reason: reason) }

    mutating func type(depth: Int) throws(ABIError) -> ABIType {
        guard depth < ABIType.maximumDepth else { throw failure("nested deeper than \(ABIType.maximumDepth)") }
        var type = next == UInt8(ascii: "(") ? try tuple(depth: depth) : try elementary()
        var arrays = depth
        while next == UInt8(ascii: "[") {
            arrays += 1
            guard arrays < ABIType.maximumDepth else { throw failure("nested deeper than \(ABIType.maximumDepth)") }
            position += 1
            if next == UInt8(ascii: "]") {
                type = .array(type)
            } else {
                guard let count = try number(), count > 0 else { throw failure("expected an array length above zero") }
                type = .fixedArray(type, count: count)
            }
            guard next == UInt8(ascii: "]") else { throw failure("expected ]") }
            position += 1
        }
        return type
    }

    private mutating func tuple(depth: Int) throws(ABIError) -> ABIType {
        position += 1
        var members: [ABIType] = []
        if next == UInt8(ascii: ")") {
            position += 1
            // Only a parameter list may be empty; Solidity has no empty structs.
            guard depth == 0 else { throw failure("empty tuple") }
            return .tuple([])
        }
        while true {
            members.append(try type(depth: depth + 1))
            guard let separator = next else { throw failure("expected )") }
            position += 1
            if separator == UInt8(ascii: ")") { return .tuple(members) }
            guard separator == UInt8(ascii: ",") else { throw failure("expected , or )") }
        }
    }

    private mutating func elementary() throws(ABIError) -> ABIType {
        let start = position
        while let character = next, character >= 0x61, character <= 0x7a { position += 1 }
        let name = String(decoding: characters[start..<position], as: UTF8.self)
        let size = try number()
        switch (name, size) {
        case ("bool", nil): return .bool
        case ("address", nil): return .address
        case ("string", nil): return .string
        case ("function", nil): return .function
        case ("bytes", nil): return .bytes
        case ("bytes", let count?) where (1...32).contains(count): return .fixedBytes(count: count)
        case ("uint", let bits) where Self.isWidth(bits ?? 256): return .uint(bits: bits ?? 256)
        case ("int", let bits) where Self.isWidth(bits ?? 256): return .int(bits: bits ?? 256)
        default: throw failure("unknown type \(name)\(size.map { String($0) } ?? "")")
        }
    }

    private static func isWidth(_ bits: Int) -> Bool { bits >= 8 && bits <= 256 && bits % 8 == 0 }

    /// Decimal digits without a leading zero, `nil` if there are none.
    private mutating func number() throws(ABIError) -> Int? {
        guard let first = next, first >= 0x30, first <= 0x39 else { return nil }
        guard first != 0x30 else { throw failure("number with a leading zero") }
        var value = 0
        while let digit = next, digit >= 0x30, digit <= 0x39 {
            value = value * 10 + Int(digit - 0x30)
            guard value <= Int(Int32.max) else { throw failure("number too large") }
            position += 1
        }
        return value
    }
}
