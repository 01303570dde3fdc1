import EthPrimitives

extension ABIEncoder {
    /// Adds values as the open frame's next members.
    public mutating func add(_ values: [ABIValue], as types: [ABIType]) throws(ABIError) {
        guard values.count == types.count else { throw .wrongCount(expected: types.count, actual: values.count) }
        for (value, type) in zip(values, types) { try add(value, as: type) }
    }

    /// Adds a value as the open frame's next member. Throws `ABIError.mismatch` if it does not fit the type.
    public mutating func add(_ value: ABIValue, as type: ABIType) throws(ABIError) {
        guard type.isDynamic else { return try write(value, as: type) }
        let outer = beginDynamic()
        try write(value, as: type)
        endDynamic(outer)
    }

    private mutating func write(_ value: ABIValue, as type: ABIType) throws(ABIError) {
        switch (type, value) {
        case (.uint(let bits), .uint(let number)) where 256 - number.leadingZeroBitCount <= bits: write(number)
        case (.int(let bits), .int(let number)) where number.fits(bits: bits): write(number.bitPattern)
        case (.bool, .bool(let flag)): flag.encodeABI(into: &self)
        case (.address, .address(let address)): address.encodeABI(into: &self)
        case (.fixedBytes(let count), .fixedBytes(let bytes)) where bytes.count == count:
            bytes.withUnsafeBytes { write(leftAligned: $0) }
        case (.function, .fixedBytes(let bytes)) where bytes.count == 24: bytes.withUnsafeBytes { write(leftAligned: $0) }
        case (.bytes, .bytes(let bytes)): bytes.withUnsafeBytes { append(string: $0) }
        case (.string, .string(let text)): text.encodeABI(into: &self)
        case (.array(let element), .array(let values)):
            openArray(count: values.count, headSize: element.headSize)
            for value in values { try add(value, as: element) }
        case (.fixedArray(let element, let count), .array(let values)) where values.count == count:
            if type.isDynamic { openFrame(headSize: count * 32) }
            for value in values { try add(value, as: element) }
        case (.tuple(let members), .tuple(let values)) where values.count == members.count:
            if type.isDynamic { openFrame(headSize: type.contentHeadSize) }
            try add(values, as: members)
        default: throw .mismatch(type: type.canonical)
        }
    }
}
