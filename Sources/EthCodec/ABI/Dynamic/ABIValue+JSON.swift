internal import EthPrimitives

extension ABIValue {
    /// Reads a JSON value as a value of `type`.
    ///
    /// Integers are decimal or `0x` hexadecimal strings, with a minus sign below zero, or JSON integers; addresses and byte strings `0x` hexadecimal (addresses in
    /// mixed case with a right checksum); arrays and tuples are JSON arrays. Throws `ABIValueError` naming the place below `path`,
    /// the value and what was expected.
    public init(json: JSON, type: ABIType, path: String = "value") throws(ABIValueError) {
        self = try JSONToABI.value(json, type, [], path)
    }

    /// The same for a parameter: its tuples may also be JSON objects by the names of their members.
    public init(json: JSON, parameter: ABIParameter, path: String = "value") throws(ABIValueError) {
        self = try JSONToABI.value(json, parameter.type, parameter.components, path)
    }

    /// Reads a JSON array as values of `types`.
    public static func values(json: JSON, types: [ABIType], path: String = "values") throws(ABIValueError) -> [ABIValue] {
        try JSONToABI.members(json, types, [], path)
    }

    /// Reads a JSON array, or an object by names, as values of parameters.
    public static func values(
        json: JSON, parameters: [ABIParameter], path: String = "values"
    ) throws(ABIValueError) -> [ABIValue] {
        try JSONToABI.members(json, parameters.map(\.type), parameters, path)
    }

    /// The value as JSON: integers as decimal strings, addresses checksummed, bytes as lower-case `0x` hexadecimal, tuples as arrays.
    public var json: JSON {
        switch self {
        case .uint(let number): .string(number.description)
        case .int(let number): .string(number.description)
        case .bool(let flag): .bool(flag)
        case .address(let address): .string(address.description)
        case .fixedBytes(let bytes), .bytes(let bytes): .string(Hex.encode(bytes))
        case .string(let text): .string(text)
        case .array(let values), .tuple(let values): .array(values.map(\.json))
        }
    }
}

/// The rules by which JSON becomes ABI values.
private enum JSONToABI {
    static func value(
        _ json: JSON, _ type: ABIType, _ components: [ABIParameter], _ path: String
    ) throws(ABIValueError) -> ABIValue {
        func wrong(_ expected: String) -> ABIValueError {
            let text = json.description
            let shown = text.utf8.count <= 80 ? text : text.prefix(70) + "…"
            return ABIValueError(path: path, problem: "expected \(expected), got \(shown)")
        }
        switch type {
        case .uint(let bits):
            guard let (isNegative, magnitude) = integer(json), !isNegative, 256 - magnitude.leadingZeroBitCount <= bits else {
                throw wrong("\(type) (\(range(type)))")
            }
            return .uint(magnitude)
        case .int(let bits):
            guard let (isNegative, magnitude) = integer(json),
                let number = Int256(isNegative: isNegative, magnitude: magnitude), number.fits(bits: bits)
            else { throw wrong("\(type) (\(range(type)))") }
            return .int(number)
        case .bool:
            guard case .bool(let flag) = json else { throw wrong("bool (true or false)") }
            return .bool(flag)
        case .address:
            guard case .string(let text) = json else { throw wrong("address (0x and 40 hexadecimal digits)") }
            do throws(AddressError) {
                return .address(try Address(hex: text))
            } catch {
                if case .wrongChecksum = error { throw ABIValueError(path: path, problem: "\(error), got \"\(text)\"") }
                throw wrong("address (0x and 40 hexadecimal digits)")
            }
        case .fixedBytes(let count): return .fixedBytes(try bytes(json, count: count, wrong))
        case .function: return .fixedBytes(try bytes(json, count: 24, wrong))
        case .bytes: return .bytes(try bytes(json, count: nil, wrong))
        case .string:
            guard case .string(let text) = json else { throw wrong("string") }
            return .string(text)
        case .array(let element): return .array(try elements(json, element, components, path, wrong("an array for \(type)")))
        case .fixedArray(let element, let count):
            guard json.array?.count == count else { throw wrong("an array of \(count) for \(type)") }
            return .array(try elements(json, element, components, path, wrong("an array for \(type)")))
        case .tuple(let types): return .tuple(try members(json, types, components, path))
        }
    }

    static func elements(
        _ json: JSON, _ type: ABIType, _ components: [ABIParameter], _ path: String, _ wrong: @autoclosure () -> ABIValueError
    ) throws(ABIValueError) -> [ABIValue] {
        guard case .array(let elements) = json else { throw wrong() }
        var values: [ABIValue] = []
        values.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            values.append(try value(element, type, components, "\(path)[\(index)]"))
        }
        return values
    }

    static func members(
        _ json: JSON, _ types: [ABIType], _ names: [ABIParameter], _ path: String
    ) throws(ABIValueError) -> [ABIValue] {
        var values: [ABIValue] = []
        values.reserveCapacity(types.count)
        switch json {
        case .array(let elements):
            guard elements.count == types.count else {
                throw ABIValueError(path: path, problem: "expected \(types.count) values, got \(elements.count)")
            }
            for (index, (element, type)) in zip(elements, types).enumerated() {
                let components = index < names.count ? names[index].components : []
                values.append(try value(element, type, components, "\(path)[\(index)]"))
            }
        case .object(let members) where names.count == types.count && names.allSatisfy({ !$0.name.isEmpty }):
            if let stranger = members.first(where: { member in !names.contains { $0.name == member.name } }) {
                throw ABIValueError(path: path, problem: "there is no member \"\(stranger.name)\"")
            }
            for (parameter, type) in zip(names, types) {
                let found = members.filter { $0.name == parameter.name }
                guard let member = found.first else {
                    throw ABIValueError(path: path, problem: "the member \"\(parameter.name)\" is missing")
                }
                guard found.count == 1 else {
                    throw ABIValueError(path: path, problem: "the member \"\(parameter.name)\" is there twice")
                }
                values.append(try value(member.value, type, parameter.components, "\(path).\(parameter.name)"))
            }
        case .object:
            throw ABIValueError(path: path, problem: "expected an array, got an object, and names of members are not known")
        default: throw ABIValueError(path: path, problem: "expected an array of \(types.count) values, got \(json.kind)")
        }
        return values
    }

    static func bytes(_ json: JSON, count: Int?, _ wrong: (String) -> ABIValueError) throws(ABIValueError) -> [UInt8] {
        let expected = count.map { "\($0) bytes of 0x hexadecimal" } ?? "bytes of 0x hexadecimal"
        guard case .string(let text) = json else { throw wrong(expected) }
        do throws(HexError) {
            let bytes = try Hex.decode(text)
            if let count, bytes.count != count { throw HexError.wrongLength(bytes: bytes.count, expected: count) }
            return bytes
        } catch {
            throw wrong(expected)
        }
    }

    /// Sign and magnitude of an integer in one of its forms; `nil` for everything else and above 256 bits.
    static func integer(_ json: JSON) -> (isNegative: Bool, magnitude: UInt256)? {
        let text: String
        switch json {
        case .string(let digits), .number(let digits): text = digits
        default: return nil
        }
        let isNegative = text.hasPrefix("-")
        let unsigned = isNegative ? text.dropFirst() : text[...]
        guard unsigned.hasPrefix("0x") else {
            guard let magnitude = UInt256(String(unsigned)) else { return nil }
            return (isNegative, magnitude)
        }
        var magnitude = UInt256.zero
        guard unsigned.utf8.count > 2 else { return nil }
        for digit in unsigned.utf8.dropFirst(2) {
            guard let value = Hex.value(digit), magnitude.leadingZeroBitCount >= 4 else { return nil }
            magnitude = magnitude << 4 | UInt256(UInt64(value))
        }
        return (isNegative, magnitude)
    }

    /// The values of an integer type, in words.
    static func range(_ type: ABIType) -> String {
        switch type {
        case .uint(let bits) where bits <= 64: "0 to \(UInt64.max >> UInt64(64 - bits))"
        case .uint(let bits): "0 to 2^\(bits) - 1"
        case .int(let bits) where bits <= 64: "\(Int64.min >> Int64(64 - bits)) to \(Int64.max >> Int64(64 - bits))"
        case .int(let bits): "-2^\(bits - 1) to 2^\(bits - 1) - 1"
        default: type.canonical
        }
    }
}
