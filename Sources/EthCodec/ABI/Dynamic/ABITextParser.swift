/// A recursive descent over the UTF-8 of a type or a human-readable declaration.
struct ABITextParser {
    let text: String
    /// Whether white space and names are part of the grammar: in declarations, not in bare types.
    let isDeclaration: Bool
    private let characters: [UInt8]
    private(set) var position = 0

    init(_ text: String, isDeclaration: Bool) {
        self.text = text
        self.isDeclaration = isDeclaration
        characters = Array(text.utf8)
    }

    func failure(_ reason: String) -> ABIError {
        let reason = reason + " at character \(position)"
        return isDeclaration ? .invalidSignature(text: text, reason: reason) : .invalidType(text: text, reason: reason)
    }

    // MARK: Characters

    private var next: UInt8? { position < characters.count ? characters[position] : nil }

    mutating func skipSpace() {
        guard isDeclaration else { return }
        while let character = next, character == 0x20 || (0x09...0x0d).contains(character) { position += 1 }
    }

    mutating func isAtEnd() -> Bool {
        skipSpace()
        return position == characters.count
    }

    /// Passes one character if it is next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func isAtOpening() -> Bool {
        skipSpace()
        return next == UInt8(ascii: "(")
    }

    mutating func expect(_ character: Unicode.Scalar) throws(ABIError) {
        guard take(character) else { throw failure("expected \(character)") }
    }

    /// A Solidity identifier, `nil` if there is none.
    mutating func word() -> String? {
        skipSpace()
        let start = position
        while let character = next {
            switch character {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                UInt8(ascii: "$"):
                break
            case UInt8(ascii: "0")...UInt8(ascii: "9") where position > start: break
            default: return start == position ? nil : String(decoding: characters[start..<position], as: UTF8.self)
            }
            position += 1
        }
        return start == position ? nil : String(decoding: characters[start..<position], as: UTF8.self)
    }

    /// Decimal digits without a leading zero, `nil` if there are none.
    private mutating func number() throws(ABIError) -> Int? {
        guard let first = next, first >= 0x30, first <= 0x39 else { return nil }
        guard first != 0x30 else { throw failure("number with a leading zero or of zero") }
        var value = 0
        while let digit = next, digit >= 0x30, digit <= 0x39 {
            value = value * 10 + Int(digit - 0x30)
            guard value <= Int(Int32.max) else { throw failure("number too large") }
            position += 1
        }
        return value
    }

    // MARK: Types

    /// Parameters in parentheses.
    mutating func parameters(depth: Int = 0, of kind: ABISignature.Kind = .function) throws(ABIError) -> [ABIParameter] {
        try expect("(")
        var parameters: [ABIParameter] = []
        if take(")") { return [] }
        while true {
            parameters.append(try parameter(depth: depth + 1, isIndexable: kind == .event && depth == 0))
            if take(")") { return parameters }
            guard take(",") else { throw failure("expected , or )") }
        }
    }

    /// A type and, in declarations, what may follow it.
    private mutating func parameter(depth: Int, isIndexable: Bool) throws(ABIError) -> ABIParameter {
        var parameter = try type(depth: depth)
        guard isDeclaration else { return parameter }
        while let word = word() {
            switch word {
            case "indexed" where isIndexable && !parameter.isIndexed: parameter.isIndexed = true
            case "memory" where parameter.type.isReference, "calldata" where parameter.type.isReference,
                "storage" where parameter.type.isReference:
                break
            case "payable" where parameter.type == .address: break
            case "indexed", "memory", "calldata", "storage", "payable": throw failure("\(word) does not belong here, before")
            default:
                parameter.name = word
                return parameter
            }
        }
        return parameter
    }

    /// A type with the names of its members; nothing of it reaches behind the type.
    mutating func type(depth: Int) throws(ABIError) -> ABIParameter {
        guard depth < ABIType.maximumDepth else { throw failure("nested deeper than \(ABIType.maximumDepth)") }
        skipSpace()
        var parameter = next == UInt8(ascii: "(") ? try tuple(depth: depth) : try elementary(depth: depth)
        var arrays = depth
        while take("[") {
            arrays += 1
            guard arrays < ABIType.maximumDepth else { throw failure("nested deeper than \(ABIType.maximumDepth)") }
            if take("]") {
                parameter.type = .array(parameter.type)
            } else {
                guard let count = try number() else { throw failure("expected an array length above zero") }
                parameter.type = .fixedArray(parameter.type, count: count)
                try expect("]")
            }
        }
        return parameter
    }

    private mutating func tuple(depth: Int) throws(ABIError) -> ABIParameter {
        let start = position
        let members = try parameters(depth: depth + 1)
        // Only a parameter list may be empty; Solidity has no empty structs.
        guard depth == 0 || !members.isEmpty else {
            position = start
            throw failure("empty tuple")
        }
        return ABIParameter("", .tuple(members.map(\.type)), components: members)
    }

    private mutating func elementary(depth: Int) throws(ABIError) -> ABIParameter {
        skipSpace()
        let start = position
        while let character = next, character >= 0x61, character <= 0x7a { position += 1 }
        let name = String(decoding: characters[start..<position], as: UTF8.self)
        if name == "tuple", next == UInt8(ascii: "(") { return try tuple(depth: depth) }
        guard let type = ABIType(name, size: try number()) else {
            let end = position
            position = start
            throw failure("unknown type \"\(String(decoding: characters[start..<end], as: UTF8.self))\"")
        }
        return ABIParameter("", type)
    }
}

extension ABIType {
    /// The elementary type of a name and the number behind it.
    fileprivate init?(_ name: String, size: Int?) {
        func isWidth(_ bits: Int) -> Bool { bits >= 8 && bits <= 256 && bits % 8 == 0 }
        switch (name, size) {
        case ("bool", nil): self = .bool
        case ("address", nil): self = .address
        case ("string", nil): self = .string
        case ("function", nil): self = .function
        case ("bytes", nil): self = .bytes
        case ("bytes", let count?) where (1...32).contains(count): self = .fixedBytes(count: count)
        case ("uint", let bits) where isWidth(bits ?? 256): self = .uint(bits: bits ?? 256)
        case ("int", let bits) where isWidth(bits ?? 256): self = .int(bits: bits ?? 256)
        default: return nil
        }
    }

    /// Whether Solidity wants a data location for parameters of the type.
    fileprivate var isReference: Bool {
        switch self {
        case .bytes, .string, .array, .fixedArray, .tuple: true
        case .uint, .int, .bool, .address, .fixedBytes, .function: false
        }
    }
}
