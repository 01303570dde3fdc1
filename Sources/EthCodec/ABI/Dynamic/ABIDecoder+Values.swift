internal import EthPrimitives

extension ABIDecoder {
    /// Reads the open frame's next members.
    public mutating func next(_ types: [ABIType]) throws(ABIError) -> [ABIValue] { try next(types, depth: 0) }

    private mutating func next(_ types: [ABIType], depth: Int) throws(ABIError) -> [ABIValue] {
        guard depth < ABIType.maximumDepth else { throw .tooDeep(maximum: ABIType.maximumDepth) }
        var values: [ABIValue] = []
        values.reserveCapacity(types.count)
        for type in types { values.append(try next(type, isDynamic: type.isDynamic, depth: depth)) }
        return values
    }

    private mutating func next(_ type: ABIType, isDynamic: Bool, depth: Int) throws(ABIError) -> ABIValue {
        guard isDynamic else { return try read(type, isDynamic: false, depth: depth) }
        let outer = try beginDynamic()
        let value = try read(type, isDynamic: true, depth: depth)
        endDynamic(outer)
        return value
    }

    private mutating func read(_ type: ABIType, isDynamic: Bool, depth: Int) throws(ABIError) -> ABIValue {
        switch type {
        case .uint(let bits): return .uint(try unsigned(bits: bits))
        case .int(let bits): return .int(try signed(bits: bits))
        case .bool: return .bool(try Bool(abi: &self))
        case .address: return .address(try Address(abi: &self))
        case .fixedBytes(let count):
            guard (1...32).contains(count) else { throw .mismatch(type: type.canonical) }
            return .fixedBytes(try fixedBytes(count: count))
        case .function: return .fixedBytes(try fixedBytes(count: 24))
        case .bytes: return .bytes(try ABIBytes(abi: &self).bytes)
        case .string: return .string(try String(abi: &self))
        case .array(let element):
            let count = try openArray(headSize: element.headSize)
            return .array(try elements(element, count: count, isDynamic: element.isDynamic, depth: depth + 1))
        case .fixedArray(let element, let count):
            try checkRoom(count: count, headSize: element.headSize)
            return .array(try elements(element, count: count, isDynamic: isDynamic, depth: depth + 1))
        case .tuple(let members): return .tuple(try next(members, depth: depth + 1))
        }
    }

    private mutating func fixedBytes(count: Int) throws(ABIError) -> [UInt8] {
        let position = try leftAligned(count: count)
        return withBytes(at: position, count: count) { Array($0) }
    }

    private mutating func elements(
        _ type: ABIType, count: Int, isDynamic: Bool, depth: Int
    ) throws(ABIError) -> [ABIValue] {
        guard depth < ABIType.maximumDepth else { throw .tooDeep(maximum: ABIType.maximumDepth) }
        var values: [ABIValue] = []
        values.reserveCapacity(min(count, Self.maximumReserve))
        for _ in 0..<count { values.append(try next(type, isDynamic: isDynamic, depth: depth)) }
        return values
    }
}
