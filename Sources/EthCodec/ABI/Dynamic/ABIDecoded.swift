public import EthPrimitives

/// A call or a custom error with its arguments.
public struct ABIDecodedCall: Sendable, Hashable {
    public let signature: ABISignature
    /// One a parameter.
    public let values: [ABIValue]

    public init(_ signature: ABISignature, _ values: [ABIValue]) {
        self.signature = signature
        self.values = values
    }
}

/// What a log entry says of one parameter of its event.
public enum ABILogValue: Sendable, Hashable {
    case value(ABIValue)
    /// An indexed parameter that is not one word: the topic holds only the Keccak-256 hash of it.
    case hash(B256)

    /// The value as JSON; a hash as `0x` hexadecimal.
    public var json: JSON {
        switch self {
        case .value(let value): value.json
        case .hash(let hash): .string(hash.description)
        }
    }
}

/// A log entry as its event.
public struct ABIDecodedLog: Sendable, Hashable {
    public let signature: ABISignature
    /// One a parameter, in the order of the declaration.
    public let values: [ABILogValue]

    public init(_ signature: ABISignature, _ values: [ABILogValue]) {
        self.signature = signature
        self.values = values
    }
}

extension ABIDecodedCall: CustomStringConvertible {
    /// `transfer(to: 0x…, amount: 5)`
    public var description: String { signature.text(values.map(\.json)) }
}

extension ABIDecodedLog: CustomStringConvertible {
    /// `Transfer(from: 0x…, to: 0x…, value: 5)`
    public var description: String { signature.text(values.map(\.json)) }
}

extension ABISignature {
    fileprivate func text(_ values: [JSON]) -> String {
        let arguments = zip(inputs, values).map { input, value in
            let text = if case .string(let text) = value, input.type != .string { text } else { value.description }
            return input.name.isEmpty ? text : "\(input.name): \(text)"
        }
        return "\(name)(\(arguments.joined(separator: ", ")))"
    }
}
