import EthPrimitives

extension ABIDecoder {
    /// Reads the open frame's next members.
    public mutating func next(_ types: [ABIType]) throws(ABIError) -> [ABIValue] { try next(types, depth: 0) }

    private mutating func next(_ types: [ABIType], depth: Int) throws(ABIError) -> [ABIValue] {
        var values: [ABIValue] = []
        values.reserveCapacity(types.count)
        for type in types { values.append(try next(type, depth: depth)) }
        return values
    }

    private mutating func next(_ type: ABIType, depth: Int) throws(ABIError) -> ABIValue {
        guard depth < ABIType.maximumDepth else { throw .tooDeep(maximum: ABIType.maximumDepth) }
        guard type.isDynamic else { return try read(type, depth: depth) }
        let outer = try beginDynamic()
        let value = try read(type, depth: depth)
        endDynamic(outer)
        return value
    }

    private mutating func read(_ type: ABIType, depth: Int) throws(ABIError) -> ABIValue {
        switch type {
        case .uint(let bits): return .uint(try unsigned(bits: bits))
        case .int(let bits): return .int(try signed(bits: bits))
        case .bool: return .bool(try Bool(abi: &self))
        case .address: return .address(try Address(abi: &self))
        case .fixedBytes(let count):
            guard (1...32).contains(count) else { throw .mismatch(type: type.canonical) }
            return .fixedBytes(Array(try leftAligned(count: count)))
        case .function: return .fixedBytes(Array(try leftAligned(count: 24)))
        case .bytes: return .bytes(Array(try string()))
        case .string: return .string(try String(abi: &self))
        case .array(let element):
            let count = try openArray(headSize: element.headSize)
            return .array(try elements(element, count: count, depth: depth))
        case .fixedArray(let element, let count):
            try checkRoom(count: count, headSize: element.headSize)
            return .array(try elements(element, count: count, depth: depth))
        case .tuple(let members): return .tuple(try next(members, depth: depth + 1))
        }
    }

    private mutating func elements(_ type: ABIType, count: Int, depth: Int) throws(ABIError) -> [ABIValue] {
        var values: [ABIValue] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try next(type, depth: depth + 1)) }
        return values
    }
}
