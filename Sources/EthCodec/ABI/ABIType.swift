/// A type of the contract ABI (Solidity documentation, "Contract ABI Specification").
///
/// All types a deployed contract can have; `fixed` and `ufixed`, which no compiler finished, are left out.
public indirect enum ABIType: Sendable, Hashable {
    /// Deeper nesting than any contract uses; bounds recursion on hostile text and data.
    static let maximumDepth = 32

    /// `uint8` … `uint256`; bits are a multiple of 8.
    case uint(bits: Int)
    /// `int8` … `int256`; bits are a multiple of 8.
    case int(bits: Int)
    case bool
    case address
    /// `bytes1` … `bytes32`.
    case fixedBytes(count: Int)
    /// An address followed by a selector, encoded as `bytes24`.
    case function
    case bytes
    case string
    case array(ABIType)
    case fixedArray(ABIType, count: Int)
    case tuple([ABIType])

    /// The text that signatures are hashed from, such as `(uint256,string)[]`.
    public var canonical: String {
        switch self {
        case .uint(let bits): "uint\(bits)"
        case .int(let bits): "int\(bits)"
        case .bool: "bool"
        case .address: "address"
        case .fixedBytes(let count): "bytes\(count)"
        case .function: "function"
        case .bytes: "bytes"
        case .string: "string"
        case .array(let element): element.canonical + "[]"
        case .fixedArray(let element, let count): element.canonical + "[\(count)]"
        case .tuple(let members): "(" + members.map(\.canonical).joined(separator: ",") + ")"
        }
    }

    /// Whether values lie behind an offset because their size depends on the value.
    public var isDynamic: Bool {
        switch self {
        case .bytes, .string, .array: true
        case .fixedArray(let element, _): element.isDynamic
        case .tuple(let members): members.contains { $0.isDynamic }
        case .uint, .int, .bool, .address, .fixedBytes, .function: false
        }
    }

    /// Bytes that a value takes in the head of its frame: 32 for the offset of a dynamic value, the whole value otherwise.
    ///
    /// Saturates instead of overflowing on absurd fixed arrays.
    public var headSize: Int { isDynamic ? 32 : contentHeadSize }

    /// Bytes of the head of the frame that a tuple or fixed array opens for its members; 32 for everything else.
    var contentHeadSize: Int {
        switch self {
        case .tuple(let members):
            members.reduce(0) { Self.saturated($0.addingReportingOverflow($1.headSize)) }
        case .fixedArray(let element, let count):
            Self.saturated(element.headSize.multipliedReportingOverflow(by: count))
        default: 32
        }
    }

    private static func saturated(_ result: (partialValue: Int, overflow: Bool)) -> Int {
        result.overflow ? .max : result.partialValue
    }
}

extension ABIType: CustomStringConvertible {
    public var description: String { canonical }
}
