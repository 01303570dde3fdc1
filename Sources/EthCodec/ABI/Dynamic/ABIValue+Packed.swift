extension ABIValue {
    /// The packed encoding of values, Solidity's `abi.encodePacked` (Solidity documentation, "Non-standard Packed Mode"): one behind
    /// the other in as many bytes as each type has, `bytes` and `string` without their length; elements of arrays are padded to
    /// 32 bytes. It is hashed and cannot be decoded.
    ///
    /// Throws `ABIError.notPackable` for tuples and for arrays whose elements are dynamic, which Solidity refuses too,
    /// `.mismatch` and `.wrongCount` as `encode` does.
    public static func encodePacked(_ values: [ABIValue], as types: [ABIType]) throws(ABIError) -> [UInt8] {
        guard values.count == types.count else { throw .wrongCount(expected: types.count, actual: values.count) }
        var out: [UInt8] = []
        for (value, type) in zip(values, types) { try value.pack(as: type, into: &out) }
        return out
    }

    private func pack(as type: ABIType, into out: inout [UInt8]) throws(ABIError) {
        switch (type, self) {
        case (.bytes, .bytes(let bytes)): out += bytes
        case (.string, .string(let text)): out += text.utf8
        case (.array(let element), .array(let values)):
            guard element.isPackableElement else { throw .notPackable(type: type.canonical) }
            for value in values { out += try Self.encode([value], as: [element]) }
        case (.fixedArray(let element, _), .array):
            guard element.isPackableElement else { throw .notPackable(type: type.canonical) }
            out += try Self.encode([self], as: [type])
        case (.tuple, _): throw .notPackable(type: type.canonical)
        default:
            let word = try Self.encode([self], as: [type])
            guard word.count == 32 else { throw .mismatch(type: type.canonical) }
            switch type {
            case .uint(let bits), .int(let bits): out += word[(32 - bits / 8)...]
            case .bool: out.append(word[31])
            case .address: out += word[12...]
            case .fixedBytes(let count): out += word[..<count]
            case .function: out += word[..<24]
            case .bytes, .string, .array, .fixedArray, .tuple: throw .mismatch(type: type.canonical)
            }
        }
    }
}

extension ABIType {
    /// Whether an array of it has a packed form: words, and fixed arrays of them.
    fileprivate var isPackableElement: Bool {
        switch self {
        case .uint, .int, .bool, .address, .fixedBytes, .function: true
        case .fixedArray(let element, _): element.isPackableElement
        case .bytes, .string, .array, .tuple: false
        }
    }
}
