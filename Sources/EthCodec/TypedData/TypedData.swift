public import EthPrimitives

/// A document of typed data to be signed (EIP-712), in the JSON form of `eth_signTypedData_v4`.
///
/// Values are read by the rules of `ABIValue(json:type:)`. Structures that are null or absent count as the zero word, as wallets have it;
/// every other member must be there. Members of the message that its type does not name are not hashed, and pass, as with every wallet.
///
/// ```swift
/// let data = try TypedData(parsing: Array(text.utf8))
/// let signature = try key.sign(data.digest())
/// ```
public struct TypedData: Sendable, Hashable {
    /// The name of the structure that separates domains.
    public static let domainType = "EIP712Domain"

    public let types: TypedDataTypes
    public let primaryType: String
    public let domain: JSON
    public let message: JSON

    /// Takes the parts of a document. Without a structure `EIP712Domain`, it is that of the domain's members.
    ///
    /// Throws `TypedDataError` if a type is wrong, `primaryType` unknown, or the domain has members that no domain has.
    public init(types: JSON, primaryType: String, domain: JSON, message: JSON) throws(TypedDataError) {
        var structures = try Self.structures(types)
        if !structures.contains(where: { $0.name == Self.domainType }) {
            structures.append((Self.domainType, try Self.domainFields(domain)))
        }
        self.types = try TypedDataTypes(structures)
        guard self.types.fields(of: primaryType) != nil else {
            throw TypedDataError(path: "primaryType", problem: "there is no structure \"\(primaryType)\"")
        }
        self.primaryType = primaryType
        self.domain = domain
        self.message = message
    }

    /// Takes a document `{"types": …, "primaryType": …, "domain": …, "message": …}`. Throws `TypedDataError`.
    public init(json: JSON) throws(TypedDataError) {
        guard json.members != nil else {
            throw TypedDataError(
                path: "", problem: "expected an object with types, primaryType, domain and message, got \(json.kind)")
        }
        func member(_ name: String) throws(TypedDataError) -> JSON {
            guard let value = json[name] else { throw TypedDataError(path: name, problem: "the member is missing") }
            return value
        }
        guard let primaryType = try member("primaryType").string else {
            throw TypedDataError(path: "primaryType", problem: "expected a string")
        }
        try self.init(
            types: member("types"), primaryType: primaryType, domain: member("domain"),
            message: primaryType == Self.domainType ? json["message"] ?? .object([]) : member("message"))
    }

    /// Parses a document, refusing doubled names. Throws `TypedDataError`.
    public init(parsing text: [UInt8]) throws(TypedDataError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSONScanner.parse(text, refusingDuplicateNames: true)
        } catch {
            throw TypedDataError(path: "", problem: error.description)
        }
        try self.init(json: json)
    }

    // MARK: Hashes

    /// The hash of the domain. Throws `TypedDataError` if a value does not fit.
    public func domainSeparator() throws(TypedDataError) -> B256 {
        var encoder = TypedDataEncoder(types)
        return try encoder.hashStruct(Self.domainType, domain, "domain")
    }

    /// The message's type hash and members, 32 bytes each: what `messageHash` is the hash of. Throws `TypedDataError` if a value does not fit.
    public func encodedMessage() throws(TypedDataError) -> [UInt8] {
        var encoder = TypedDataEncoder(types)
        return try encoder.encodeStruct(primaryType, message, "message")
    }

    /// The `hashStruct` of the message. Throws `TypedDataError` if a value does not fit.
    public func messageHash() throws(TypedDataError) -> B256 { Keccak256.hash(try encodedMessage()) }

    /// What is signed: `keccak256(0x1901 ‖ domainSeparator ‖ messageHash)`, without the message if the domain itself is the primary type.
    /// Throws `TypedDataError` if a value does not fit.
    public func digest() throws(TypedDataError) -> B256 {
        let message = primaryType == Self.domainType ? [] : try messageHash().bytes
        return Keccak256.hash([0x19, 0x01] + (try domainSeparator().bytes) + message)
    }

    // MARK: Reading

    private typealias Structure = (name: String, fields: [(name: String, type: String)])

    private static func structures(_ json: JSON) throws(TypedDataError) -> [Structure] {
        guard case .object(let members) = json else {
            throw TypedDataError(path: "types", problem: "expected an object, got \(json.kind)")
        }
        var structures: [Structure] = []
        for member in members {
            guard case .array(let elements) = member.value else {
                throw TypedDataError(path: "types.\(member.name)", problem: "expected an array, got \(member.value.kind)")
            }
            var fields: [(name: String, type: String)] = []
            for (index, field) in elements.enumerated() {
                guard let name = field["name"]?.string, let type = field["type"]?.string else {
                    throw TypedDataError(
                        path: "types.\(member.name)[\(index)]", problem: "expected an object with the strings name and type")
                }
                fields.append((name, type))
            }
            structures.append((member.name, fields))
        }
        return structures
    }

    /// Members that a domain may have, in their order (EIP-712, "Definition of domainSeparator").
    private static let domainMembers: KeyValuePairs = [
        "name": "string", "version": "string", "chainId": "uint256", "verifyingContract": "address", "salt": "bytes32",
    ]

    private static func domainFields(_ domain: JSON) throws(TypedDataError) -> [(name: String, type: String)] {
        guard case .object(let members) = domain else {
            throw TypedDataError(path: "domain", problem: "expected an object, got \(domain.kind)")
        }
        let present = members.filter { $0.value != .null }
        for member in present where !domainMembers.contains(where: { $0.key == member.name }) {
            throw TypedDataError(path: "domain.\(member.name)", problem: "a domain has no such member")
        }
        return domainMembers.filter { key, _ in present.contains { $0.name == key } }.map { ($0.key, $0.value) }
    }
}
