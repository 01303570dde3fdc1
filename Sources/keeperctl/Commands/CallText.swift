import EthCodec
import EthPrimitives

/// What a person writes to say how bytes are to be read: types with commas between, or a signature in front of them.
struct CallText {
    let types: [ABIType]
    /// In front of the values, if a signature was given.
    let selector: Selector?

    init(_ text: String) throws(OperationError) {
        do throws(ABIError) {
            if Self.isSignature(text) {
                let signature = try ABISignature(parsing: text)
                types = signature.inputs.map(\.type)
                selector = signature.selector
            } else {
                let list = text.hasPrefix("(") && ABIType.isWhole(text) ? text : "(\(text))"
                guard case .tuple(let members) = try ABIType(parsing: list) else {
                    throw ABIError.invalidType(text: text, reason: "expected types with commas between")
                }
                types = members
                selector = nil
            }
        } catch {
            throw .badData("\(error)")
        }
    }

    /// A word and a parenthesis; `tuple(…)` and bare types are none.
    private static func isSignature(_ text: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "("), text.contains("(") else { return false }
        let name = text.prefix { $0 != "(" && $0 != "," && $0 != "[" }
        return text.dropFirst(name.count).hasPrefix("(") && name != "tuple"
    }

    /// Values as they stand on a command line: JSON for arrays and tuples, `true` and `false`, anything else as it is.
    func encode(_ values: [String], packed: Bool) throws(OperationError) -> JSON {
        guard values.count == types.count else {
            throw .badData("expected \(types.count) values, got \(values.count)")
        }
        var json: [JSON] = []
        for (index, (value, type)) in zip(values, types).enumerated() {
            json.append(try Self.json(value, type, "values[\(index)]"))
        }
        let members = [
            JSON.Member("types", .array(types.map { .string($0.canonical) })), JSON.Member("values", .array(json)),
        ]
        let encoded = try Operation.named(packed ? "abi.encodePacked" : "abi.encode")(members)
        guard let selector, let digits = encoded.string?.dropFirst(2) else { return encoded }
        return .string(selector.description + digits)
    }

    func decode(_ data: String) throws(OperationError) -> JSON {
        var data = data
        if let selector {
            guard data.lowercased().hasPrefix(selector.description) else {
                throw .badData("data: expected the selector \(selector) in front, got \(data.prefix(10))")
            }
            data = "0x" + data.dropFirst(10)
        }
        return try Operation.named("abi.decode")([
            JSON.Member("types", .array(types.map { .string($0.canonical) })), JSON.Member("data", .string(data)),
        ])
    }

    private static func json(_ text: String, _ type: ABIType, _ path: String) throws(OperationError) -> JSON {
        switch type {
        case .array, .fixedArray, .tuple:
            do throws(JSONError) {
                return try JSONScanner.parse(Array(text.utf8))
            } catch {
                throw .badData("\(path): expected JSON for \(type): \(error)")
            }
        case .bool where text == "true" || text == "false": return .bool(text == "true")
        default: return .string(text)
        }
    }
}

extension ABIType {
    /// Whether the text's first parenthesis closes at its end, so that it is one list.
    fileprivate static func isWhole(_ text: String) -> Bool {
        var depth = 0
        for (index, character) in text.utf8.enumerated() {
            if character == UInt8(ascii: "(") { depth += 1 }
            if character == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { return index == text.utf8.count - 1 }
        }
        return false
    }
}
