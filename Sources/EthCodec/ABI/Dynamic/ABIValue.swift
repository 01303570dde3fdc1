public import EthPrimitives

/// A value whose ABI type is known only at run time; the type is given when it is encoded or decoded.
public enum ABIValue: Sendable, Hashable {
    case uint(UInt256)
    case int(Int256)
    case bool(Bool)
    case address(Address)
    /// `bytes1` … `bytes32` and `function`: exactly as many bytes as the type has.
    case fixedBytes([UInt8])
    case bytes([UInt8])
    case string(String)
    /// Elements of an array, of fixed length or not.
    case array([ABIValue])
    case tuple([ABIValue])
}

extension ABIValue {
    /// Encodes values as a tuple of `types`, as the parameters of a call are.
    ///
    /// Throws `ABIError.mismatch` naming the type that a value does not fit, `ABIError.wrongCount` if there are more or fewer values.
    public static func encode(_ values: [ABIValue], as types: [ABIType]) throws(ABIError) -> [UInt8] {
        try encode(values, behind: nil, as: types)
    }

    /// The same behind a selector: the data of a call.
    public static func encode(_ values: [ABIValue], after selector: Selector, as types: [ABIType]) throws(ABIError) -> [UInt8] {
        try encode(values, behind: selector, as: types)
    }

    private static func encode(
        _ values: [ABIValue], behind selector: Selector?, as types: [ABIType]
    ) throws(ABIError) -> [UInt8] {
        let size = try size(of: values, as: types)
        return ABIEncoder.encode(prefixed: selector, headSize: size.head, tailSize: size.tail) { encoder in
            encoder.add(fitting: values, as: types)
        }
    }

    /// Decodes a tuple of `types` strictly, every byte of `data` accounted for.
    public static func decode(_ data: [UInt8], as types: [ABIType]) throws(ABIError) -> [ABIValue] {
        var decoder = ABIDecoder(data)
        let values = try decoder.next(types)
        try decoder.finish()
        return values
    }

    /// Decodes the tuple of `types` behind a selector strictly, every byte of `data` accounted for.
    ///
    /// Throws `ABIError.wrongSelector` if it is another one.
    public static func decode(_ data: [UInt8], after selector: Selector, as types: [ABIType]) throws(ABIError) -> [ABIValue] {
        var decoder = try ABIDecoder(data, after: selector)
        let values = try decoder.next(types)
        try decoder.finish()
        return values
    }
}
