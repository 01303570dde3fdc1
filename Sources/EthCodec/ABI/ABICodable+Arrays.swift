extension Array: ABICodable where Element: ABICodable {
    public static var abiType: ABIType { .array(Element.abiType) }
    @inlinable public static var abiIsDynamic: Bool { true }
    @inlinable public var abiTailSize: Int {
        var size = 32 + count * Element.abiHeadSize
        guard Element.abiIsDynamic else { return size }
        withUnsafeBufferPointer { for index in $0.indices { size += $0[index].abiTailSize } }
        return size
    }
    @inlinable public func encodeABI(into encoder: inout ABIEncoder) {
        encoder.openArray(count: count, headSize: Element.abiHeadSize)
        withUnsafeBufferPointer { for index in $0.indices { encoder.add($0[index]) } }
    }
    @inlinable public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        let count = try decoder.openArray(headSize: Element.abiHeadSize)
        self.init()
        reserveCapacity(Swift.min(count, ABIDecoder.maximumReserve))
        for _ in 0..<count { append(try decoder.next()) }
    }
}

/// A Solidity array of fixed length, such as `uint256[3]`.
public struct ABIFixedArray<let count: Int, Element: ABICodable>: ABICodable {
    /// Exactly `count` elements.
    public let elements: [Element]

    /// Takes exactly `count` elements, `nil` for any other number.
    public init?(_ elements: [Element]) {
        guard elements.count == count else { return nil }
        self.elements = elements
    }

    public static var abiType: ABIType { .fixedArray(Element.abiType, count: count) }
    @inlinable public static var abiIsDynamic: Bool { Element.abiIsDynamic }
    @inlinable public static var abiHeadSize: Int { abiIsDynamic ? 32 : count * Element.abiHeadSize }
    public var abiTailSize: Int { Element.abiIsDynamic ? elements.reduce(count * 32) { $0 + $1.abiTailSize } : 0 }
    public func encodeABI(into encoder: inout ABIEncoder) {
        if Element.abiIsDynamic { encoder.openFrame(headSize: count * 32) }
        for element in elements { encoder.add(element) }
    }
    public init(abi decoder: inout ABIDecoder) throws(ABIError) {
        try decoder.checkRoom(count: count, headSize: Element.abiHeadSize)
        var elements: [Element] = []
        elements.reserveCapacity(Swift.min(count, ABIDecoder.maximumReserve))
        for _ in 0..<count { elements.append(try decoder.next()) }
        self.elements = elements
    }
}

extension ABIFixedArray: Equatable where Element: Equatable {}
extension ABIFixedArray: Hashable where Element: Hashable {}
