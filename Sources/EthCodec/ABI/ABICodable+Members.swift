extension ABIEncoder {
    /// The encoding of a tuple of one value.
    @inlinable
    public static func encode<Value: ABICodable>(_ value: Value) -> [UInt8] {
        encode(headSize: Value.abiHeadSize, tailSize: value.abiTailSize) { $0.add(value) }
    }

    /// Adds the open frame's next member.
    @inlinable
    public mutating func add<Value: ABICodable>(_ value: Value) {
        guard Value.abiIsDynamic else { return value.encodeABI(into: &self) }
        let outer = beginDynamic()
        value.encodeABI(into: &self)
        endDynamic(outer)
    }
}

extension ABIDecoder {
    /// Reads the open frame's next member.
    @inlinable
    public mutating func next<Value: ABICodable>(_ type: Value.Type = Value.self) throws(ABIError) -> Value {
        guard Value.abiIsDynamic else { return try Value(abi: &self) }
        let outer = try beginDynamic()
        let value = try Value(abi: &self)
        endDynamic(outer)
        return value
    }
}
