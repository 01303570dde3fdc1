import EthPrimitives

/// Hashes structures of typed data (EIP-712, "Definition of encodeData"), members given as JSON.
struct TypedDataEncoder {
    let types: TypedDataTypes
    /// Type hashes that were needed before.
    private var typeHashes: [String: B256] = [:]

    /// Structures within structures deeper than this are refused; the text of a document cannot be deeper.
    static let maximumDepth = JSONScanner.maximumDepth

    init(_ types: TypedDataTypes) { self.types = types }

    /// `keccak256(typeHash ‖ encodeData)`
    mutating func hashStruct(_ structure: String, _ value: JSON, _ path: String, depth: Int = 0) throws(TypedDataError) -> B256 {
        Keccak256.hash(try encodeStruct(structure, value, path, depth: depth))
    }

    /// `typeHash ‖ encodeData`: what is hashed for a structure.
    mutating func encodeStruct(
        _ structure: String, _ value: JSON, _ path: String, depth: Int = 0
    ) throws(TypedDataError) -> [UInt8] {
        guard let fields = types.fields(of: structure) else {
            throw TypedDataError(path: path, problem: "there is no structure \"\(structure)\"")
        }
        guard depth < Self.maximumDepth else {
            throw TypedDataError(path: path, problem: "nested deeper than \(Self.maximumDepth)")
        }
        guard case .object(let members) = value else {
            throw TypedDataError(path: path, problem: "expected an object for \(structure), got \(value.kind)")
        }
        var out = typeHash(structure).bytes
        out.reserveCapacity(32 * (1 + fields.count))
        for field in fields {
            let place = path.isEmpty ? field.name : "\(path).\(field.name)"
            let found = members.filter { $0.name == field.name }
            guard found.count <= 1 else { throw TypedDataError(path: place, problem: "the member is there twice") }
            out += try encode(found.first?.value, field.type, place, depth: depth + 1).bytes
        }
        return out
    }

    private mutating func typeHash(_ structure: String) -> B256 {
        if let known = typeHashes[structure] { return known }
        let hash = types.typeHash(structure) ?? B256()
        typeHashes[structure] = hash
        return hash
    }

    /// The word that stands for one member.
    private mutating func encode(
        _ json: JSON?, _ type: TypedDataType, _ path: String, depth: Int
    ) throws(TypedDataError) -> B256 {
        guard depth < Self.maximumDepth else {
            throw TypedDataError(path: path, problem: "nested deeper than \(Self.maximumDepth)")
        }
        switch type {
        case .structure(let name):
            // Wallets' version 4: a structure that is null or absent is the zero word, so that recursive types can end.
            guard let json, json != .null else { return B256() }
            return try hashStruct(name, json, path, depth: depth)
        case .value(let type):
            guard let json else { throw TypedDataError(path: path, problem: "the member is missing") }
            return try word(json, type, path)
        case .array(let element): return try hashArray(json, element, nil, path, depth: depth)
        case .fixedArray(let element, let count): return try hashArray(json, element, count, path, depth: depth)
        }
    }

    private mutating func hashArray(
        _ json: JSON?, _ element: TypedDataType, _ count: Int?, _ path: String, depth: Int
    ) throws(TypedDataError) -> B256 {
        guard let json else { throw TypedDataError(path: path, problem: "the member is missing") }
        guard case .array(let elements) = json else {
            throw TypedDataError(path: path, problem: "expected an array, got \(json.kind)")
        }
        if let count, elements.count != count {
            throw TypedDataError(path: path, problem: "expected an array of \(count), got \(elements.count) elements")
        }
        var words: [UInt8] = []
        words.reserveCapacity(32 * elements.count)
        for (index, json) in elements.enumerated() {
            words += try encode(json, element, "\(path)[\(index)]", depth: depth + 1).bytes
        }
        return Keccak256.hash(words)
    }

    /// Atomic values are one ABI word; `bytes` and `string` are hashed.
    private func word(_ json: JSON, _ type: ABIType, _ path: String) throws(TypedDataError) -> B256 {
        let value: ABIValue
        do throws(ABIValueError) {
            value = try ABIValue(json: json, type: type, path: path)
        } catch {
            throw TypedDataError(path: error.path, problem: error.problem)
        }
        switch value {
        case .bytes(let bytes): return Keccak256.hash(bytes)
        case .string(let text): return Keccak256.hash(text)
        case .uint(let number): return number.bigEndianBytes
        case .int(let number): return number.bitPattern.bigEndianBytes
        case .bool(let flag): return UInt256(flag ? 1 : 0 as UInt64).bigEndianBytes
        case .address(let address): return Self.word(ending: address.bytes)
        case .fixedBytes(let bytes): return Self.word(beginning: bytes)
        case .array, .tuple: throw TypedDataError(path: path, problem: "\(type) is no type of typed data")
        }
    }

    private static func word(ending bytes: [UInt8]) -> B256 {
        B256(unsafeFilledBy: { UnsafeMutableRawBufferPointer(rebasing: $0[(32 - bytes.count)...]).copyBytes(from: bytes) })
    }

    private static func word(beginning bytes: [UInt8]) -> B256 { B256(unsafeFilledBy: { $0.copyBytes(from: bytes) }) }
}
