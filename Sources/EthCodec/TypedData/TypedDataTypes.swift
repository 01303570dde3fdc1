public import EthPrimitives

/// The structures of typed data and how their members are typed (EIP-712, "Definition of encodeType").
public struct TypedDataTypes: Sendable, Hashable {
    /// More structures than any document in use has; bounds the work on hostile ones.
    public static let maximumCount = 256

    /// A member of a structure.
    public struct Field: Sendable, Hashable {
        public let name: String
        public let type: TypedDataType
        /// The type as the document spells it, which is what is hashed.
        public let typeText: String
    }

    private let structures: [String: [Field]]

    /// Takes structures with their members, each a name and a type such as `uint256`, `Person` or `bytes32[2][]`.
    ///
    /// Throws `TypedDataError` if a name is no identifier, is doubled or is that of an atomic type, if a type is unknown, and above
    /// `maximumCount` structures. `uint` and `int` are unknown: the standard has no such aliases, and wallets disagree on their hash.
    public init(_ structures: [(name: String, fields: [(name: String, type: String)])]) throws(TypedDataError) {
        guard structures.count <= Self.maximumCount else {
            throw TypedDataError(path: "types", problem: "more than \(Self.maximumCount) structures")
        }
        let names = Set(structures.map(\.name))
        var known: [String: [Field]] = [:]
        for (name, members) in structures {
            let path = "types.\(name)"
            guard Self.isIdentifier(name) else { throw TypedDataError(path: path, problem: "\"\(name)\" is not an identifier") }
            guard TypedDataType.atomic(name) == nil else {
                throw TypedDataError(path: path, problem: "\(name) is a type of its own already")
            }
            var fields: [Field] = []
            for (index, member) in members.enumerated() {
                guard Self.isIdentifier(member.name) else {
                    throw TypedDataError(path: "\(path)[\(index)].name", problem: "\"\(member.name)\" is not an identifier")
                }
                guard !fields.contains(where: { $0.name == member.name }) else {
                    throw TypedDataError(path: "\(path)[\(index)].name", problem: "the member \"\(member.name)\" is there twice")
                }
                guard let type = TypedDataType(member.type, structures: names) else {
                    throw TypedDataError(path: "\(path)[\(index)].type", problem: "unknown type \"\(member.type)\"")
                }
                fields.append(Field(name: member.name, type: type, typeText: member.type))
            }
            guard known.updateValue(fields, forKey: name) == nil else {
                throw TypedDataError(path: path, problem: "the structure is there twice")
            }
        }
        self.structures = known
    }

    /// Members of a structure, `nil` if there is none of that name.
    public func fields(of structure: String) -> [Field]? { structures[structure] }

    /// Names of all structures that a structure is made of, itself left out, sorted.
    public func dependencies(of structure: String) -> [String] {
        var found: Set<String> = [structure]
        var open = [structure]
        while let next = open.popLast() {
            for field in structures[next] ?? [] {
                if case .structure(let name) = field.type.innermost, found.insert(name).inserted { open.append(name) }
            }
        }
        found.remove(structure)
        // Names are ASCII, so that this is the order of their bytes.
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The text of a structure, then those of the structures that it is made of, sorted by name:
    /// `Mail(Person from,Person to,string contents)Person(string name,address wallet)`. `nil` if there is no such structure.
    public func encodeType(_ structure: String) -> String? {
        guard structures[structure] != nil else { return nil }
        return ([structure] + dependencies(of: structure)).map { name in
            let members = (structures[name] ?? []).map { "\($0.typeText) \($0.name)" }
            return "\(name)(\(members.joined(separator: ",")))"
        }.joined()
    }

    /// The Keccak-256 hash of `encodeType`.
    public func typeHash(_ structure: String) -> B256? { encodeType(structure).map { Keccak256.hash($0) } }

    static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { character in
            switch character {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "$"): true
            default: false
            }
        }
    }
}
