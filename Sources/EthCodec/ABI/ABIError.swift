public import EthPrimitives

/// Why bytes are not a value of the expected ABI type, or a value does not fit its type. Positions are byte offsets.
public enum ABIError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A call that should return something returned nothing: usually there is no contract at that address.
    case emptyOutput
    /// `needed` bytes at `position` reach beyond the data of `available` bytes.
    case outOfBounds(position: Int, needed: Int, available: Int)
    /// The offset or length at `position` points beyond the data.
    case tooLarge(position: Int)
    /// More bytes are referred to than there are: parts of the encoding overlap.
    case overlappingData
    /// Bytes that the type fixes to zero (or to the sign) are not.
    case dirtyPadding(position: Int, type: String)
    /// A string is not UTF-8.
    case invalidUTF8(position: Int)
    /// Bytes are left that no value refers to.
    case unreadBytes(count: Int)
    case tooDeep(maximum: Int)
    case wrongTopicCount(expected: Int, actual: Int)
    case wrongTopic(expected: B256, actual: B256)
    case wrongSelector(expected: Selector, actual: [UInt8])
    /// A value was given for a type that cannot hold it.
    case mismatch(type: String)
    case wrongCount(expected: Int, actual: Int)
    case invalidType(text: String, reason: String)
    case invalidSignature(text: String, reason: String)
    /// The packed encoding has no form for the type.
    case notPackable(type: String)

    public var description: String {
        switch self {
        case .emptyOutput: "the call returned no data: no contract at that address?"
        case .outOfBounds(let position, let needed, let available):
            "ABI data ends early: \(needed) bytes needed at byte \(position) of \(available)"
        case .tooLarge(let position): "ABI offset or length at byte \(position) points beyond the data"
        case .overlappingData: "ABI data refers to more bytes than it has"
        case .dirtyPadding(let position, let type): "the word at byte \(position) is not a valid \(type)"
        case .invalidUTF8(let position): "the string at byte \(position) is not UTF-8"
        case .unreadBytes(let count): "\(count) bytes of ABI data belong to no value"
        case .tooDeep(let maximum): "ABI type nested deeper than \(maximum)"
        case .wrongTopicCount(let expected, let actual): "expected a log of \(expected) topics, got \(actual)"
        case .wrongTopic(let expected, let actual): "expected the topic \(expected), got \(actual)"
        case .wrongSelector(let expected, let actual): "expected the selector \(expected), got \(Hex.encode(actual))"
        case .mismatch(let type): "the value does not fit the type \(type)"
        case .wrongCount(let expected, let actual): "expected \(expected) values, got \(actual)"
        case .invalidType(let text, let reason): "\"\(Self.shortened(text))\" is not an ABI type: \(reason)"
        case .invalidSignature(let text, let reason): "\"\(Self.shortened(text))\" is not a signature: \(reason)"
        case .notPackable(let type):
            "\(type) has no packed encoding: only arrays of fixed-size elements have one, tuples have none"
        }
    }

    /// Hostile text stays short in error texts.
    private static func shortened(_ text: String) -> String { text.utf8.count <= 120 ? text : text.prefix(100) + "…" }
}
