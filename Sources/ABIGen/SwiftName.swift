import EthCodec

/// Swift names for Solidity names: the spelling of the contract stays, so that both can be searched for the same word.
enum SwiftName {
    /// The name of a declaration: first letter in upper case.
    static func type(_ name: String) -> String {
        let trimmed = plain(name).drop { $0 == "_" }
        return (trimmed.first?.uppercased() ?? "") + trimmed.dropFirst()
    }

    /// Names for the members of one structure: underscores around a name go, unnamed members are counted, names stay unique.
    static func members(_ names: [String], unnamed: String, reserved: Set<String> = []) -> [String] {
        var taken = reserved.union(reservedMembers)
        return names.enumerated().map { index, name in
            var core = plain(name).drop { $0 == "_" }
            while core.last == "_" { core.removeLast() }
            var member = core.isEmpty || core.first?.isNumber == true ? "\(unnamed)\(index)" : String(core)
            while !taken.insert(member).inserted { member += "_\(index)" }
            return member
        }
    }

    /// What tells an overload from the others: its parameter types, such as `AddressArray`; of a tuple, its name.
    static func overloadSuffix(_ type: ABIType, tuple: String) -> String {
        switch type {
        case .array(let element): overloadSuffix(element, tuple: tuple) + "Array"
        case .fixedArray(let element, let count): overloadSuffix(element, tuple: tuple) + "Array\(count)"
        case .tuple: tuple
        default: SwiftName.type(type.canonical)
        }
    }

    /// The identifier as it must be written in source.
    static func escaped(_ name: String) -> String { keywords.contains(name) ? "`\(name)`" : name }

    /// The identifier as the label of an argument, where most keywords may stand bare.
    static func label(_ name: String) -> String { ["inout", "let", "var"].contains(name) ? "`\(name)`" : name }

    /// Whether the name can be an enumeration beside the types that bindings use.
    static func isContractName(_ name: String) -> Bool {
        isSolidityIdentifier(name) && !name.contains("$") && name != "_" && !keywords.contains(name) && !usedTypes.contains(name)
    }

    /// ASCII letters, digits, underscores and dollar signs, no digit first.
    static func isSolidityIdentifier(_ name: String) -> Bool {
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) || byte == 0x5f || byte == 0x24 }
        return name.utf8.first.map(isLetter) == true && name.utf8.allSatisfy { isLetter($0) || isDigit($0) }
    }

    /// Solidity names may hold a dollar sign, Swift's may not.
    private static func plain(_ name: String) -> String { String(name.map { $0 == "$" ? "_" : $0 }) }

    /// Members that every structure has, or that cannot be written behind a dot.
    private static let reservedMembers: Set<String> = ["self", "Self", "init", "Type", "Protocol", "hashValue"]

    /// Types that bindings name: a declaration of that name would hide them.
    static let usedTypes: Set<String> = [
        "ABIBytes", "ABICodable", "ABIDecoder", "ABIEncoder", "ABIError", "ABIFixedArray", "ABIInt", "ABIType", "ABIUInt",
        "Address", "AnonymousContractEvent", "ArgumentlessCall", "B256", "Bool", "ContractCall", "ContractError", "ContractEvent",
        "Equatable",
        "FixedBytes", "Hashable", "Int", "Int128", "Int16", "Int256", "Int32", "Int64", "Int8", "Output", "Protocol", "Selector",
        "Self", "Sendable", "String", "Type", "UInt128", "UInt16", "UInt256", "UInt32", "UInt64", "UInt8", "Void",
    ]

    private static let keywords: Set<String> = [
        "Any", "Self", "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
        "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init",
        "inout", "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat", "rethrows", "return",
        "self", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where",
        "while",
    ]
}
