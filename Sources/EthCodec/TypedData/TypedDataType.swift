/// The type of a member of typed data (EIP-712): atomic, `bytes` or `string`, a structure, or an array of these.
public indirect enum TypedDataType: Sendable, Hashable {
    /// `uint8` … `uint256`, `int8` … `int256`, `bool`, `address`, `bytes1` … `bytes32`, and `bytes` and `string`.
    case value(ABIType)
    case structure(String)
    case array(TypedDataType)
    case fixedArray(TypedDataType, count: Int)

    /// Reads a type's text, given the names of the structures that there are; `nil` if it is none.
    init?(_ text: String, structures: Set<String>) {
        guard let opening = text.firstIndex(of: "[") else {
            if structures.contains(text) {
                self = .structure(text)
            } else if let type = Self.atomic(text) {
                self = .value(type)
            } else {
                return nil
            }
            return
        }
        // The ABI's own parser reads the brackets, behind a stand-in for the element.
        let element = String(text[..<opening])
        guard let innermost = Self(element, structures: structures),
            // An unreadable type is no type.
            let shape = try? ABIType(parsing: "bool" + text[opening...])
        else { return nil }
        self = Self.shaped(shape, innermost)
    }

    private static func shaped(_ shape: ABIType, _ innermost: Self) -> Self {
        switch shape {
        case .array(let element): .array(shaped(element, innermost))
        case .fixedArray(let element, let count): .fixedArray(shaped(element, innermost), count: count)
        default: innermost
        }
    }

    /// The type of values that are no structures, in its only spelling.
    static func atomic(_ text: String) -> ABIType? {
        // An unreadable type is no type.
        guard let type = try? ABIType(parsing: text), type.canonical == text else { return nil }
        switch type {
        case .uint, .int, .bool, .address, .fixedBytes, .bytes, .string: return type
        case .function, .array, .fixedArray, .tuple: return nil
        }
    }

    /// What arrays are made of in the end.
    public var innermost: TypedDataType {
        switch self {
        case .value, .structure: self
        case .array(let element), .fixedArray(let element, _): element.innermost
        }
    }
}
