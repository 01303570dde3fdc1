public import EthPrimitives

/// The declaration of a function, event or error that is known only at run time, from human-readable text or a JSON interface.
///
/// What generated bindings are at compile time (`ContractCall`, `ContractEvent`, `ContractError`), this is at run time.
public struct ABISignature: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case function, event, error, constructor, fallback, receive
    }

    /// What a function may do with state and ether.
    public enum StateMutability: String, Sendable, CaseIterable {
        case pure, view, nonpayable, payable
    }

    public var kind: Kind
    /// Empty for constructors and the like.
    public var name: String
    public var inputs: [ABIParameter]
    public var outputs: [ABIParameter]
    public var stateMutability: StateMutability
    /// Whether an event's first topic is not its signature.
    public var isAnonymous: Bool

    public init(
        _ kind: Kind, _ name: String, inputs: [ABIParameter] = [], outputs: [ABIParameter] = [],
        stateMutability: StateMutability = .nonpayable, isAnonymous: Bool = false
    ) {
        self.kind = kind
        self.name = name
        self.inputs = inputs
        self.outputs = outputs
        self.stateMutability = stateMutability
        self.isAnonymous = isAnonymous
    }

    /// The text that is hashed, such as `transfer(address,uint256)`.
    public var canonical: String { name + ABIType.tuple(inputs.map(\.type)).canonical }

    /// The Keccak-256 hash of `canonical`: the first topic of an event that is not anonymous.
    public var topic: B256 { Keccak256.hash(canonical) }

    /// The first four bytes of the Keccak-256 hash of `canonical`: in front of a call's arguments or an error's.
    public var selector: Selector { topic.selector }
}

extension ABISignature: CustomStringConvertible {
    /// The declaration in human-readable form, which parses to an equal one but for the compiler's names of types.
    public var description: String {
        func list(_ parameters: [ABIParameter]) -> String { "(" + parameters.map(\.description).joined(separator: ", ") + ")" }
        var text = kind.rawValue + (name.isEmpty ? "" : " " + name) + list(inputs)
        if isAnonymous { text += " anonymous" }
        if stateMutability != .nonpayable { text += " " + stateMutability.rawValue }
        if !outputs.isEmpty { text += " returns " + list(outputs) }
        return text
    }
}
