/// Why bytes are not one canonical RLP value, or not the field that was expected.
public enum RLPError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The input ends inside a value that begins at `position`.
    case truncated(position: Int)
    /// A value at `position` could be written shorter, which the canonical form forbids.
    case notCanonical(position: Int)
    /// A list member at `position` reaches beyond its list.
    case overrunsList(position: Int)
    /// The input or a list ends at `position`, where another value is expected.
    case missingValue(position: Int)
    /// Bytes follow the value.
    case trailingBytes(count: Int)
    case tooDeep(maximum: Int)
    case tooLong(bytes: Int, maximum: Int)
    case expectedBytes
    case expectedList
    case wrongCount(expected: Int, actual: Int)
    case wrongLength(expected: Int, actual: Int)
    case leadingZero
    case integerTooLarge(bits: Int)

    public var description: String {
        switch self {
        case .truncated(let position): "RLP ends inside the value at byte \(position)"
        case .notCanonical(let position): "RLP value at byte \(position) is not in its shortest form"
        case .overrunsList(let position): "RLP value at byte \(position) reaches beyond its list"
        case .missingValue(let position): "RLP ends at byte \(position), where another value is expected"
        case .trailingBytes(let count): "\(count) bytes follow the RLP value"
        case .tooDeep(let maximum): "RLP lists are nested deeper than \(maximum)"
        case .tooLong(let bytes, let maximum): "RLP of \(bytes) bytes exceeds the limit of \(maximum)"
        case .expectedBytes: "expected an RLP byte string, got a list"
        case .expectedList: "expected an RLP list, got a byte string"
        case .wrongCount(let expected, let actual): "expected an RLP list of \(expected) values, got \(actual)"
        case .wrongLength(let expected, let actual): "expected an RLP string of \(expected) bytes, got \(actual)"
        case .leadingZero: "RLP integer has a leading zero byte"
        case .integerTooLarge(let bits): "RLP integer exceeds \(bits) bits"
        }
    }
}
