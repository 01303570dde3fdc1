import EthCodec

/// Swift names for Solidity names: the spelling of the contract stays, so that both can be searched for the same word.
enum SwiftName {
    /// The name of a declaration: first letter in upper case.
    static func type(_ name: String) -> String {
        let trimmed = name.drop { $0 == "_" }
        return (trimmed.first?.uppercased() ?? "") + trimmed.dropFirst()
    }

    /// Names for the members of one structure: underscores around a name go, unnamed members are counted, names stay unique.
    static func members(_ names: [String], unnamed: String, reserved: Set<String> = []) -> [String] {
        var taken = reserved
        return names.enumerated().map { index, name in
            var core = name.drop { $0 == "_" }
            while core.last == "_" { core.removeLast() }
            var member = core.isEmpty ? "\(unnamed)\(index)" : String(core)
            while !taken.insert(member).inserted { member += "_\(index)" }
            return member
        }
    }

    /// What tells an overload from the others: its parameter types, such as `AddressArray`.
    static func overloadSuffix(_ types: [ABIType]) -> String { types.map(suffix).joined() }

    private static func suffix(_ type: ABIType) -> String {
        switch type {
        case .array(let element): suffix(element) + "Array"
        case .fixedArray(let element, let count): suffix(element) + "Array\(count)"
        case .tuple(let members): members.map(suffix).joined() + "Tuple"
        default: SwiftName.type(type.canonical)
        }
    }

    /// The identifier as it must be written in source.
    static func escaped(_ name: String) -> String { keywords.contains(name) ? "`\(name)`" : name }

    /// The identifier as the label of an argument, where most keywords may stand bare.
    static func label(_ name: String) -> String { ["inout", "let", "var"].contains(name) ? "`\(name)`" : name }

    private static let keywords: Set<String> = [
        "Any", "Self", "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
        "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init",
        "inout", "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat", "rethrows", "return",
        "self", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where",
        "while",
    ]
}
