/// A parameter of a function, event or error, or a member of a tuple: a type with the names that its declaration gives.
public struct ABIParameter: Sendable, Hashable {
    /// Empty if there is none.
    public var name: String
    public var type: ABIType
    /// Members of the tuple, if the type is one or an array of one; empty otherwise.
    public var components: [ABIParameter]
    /// Whether an event's parameter is a topic.
    public var isIndexed: Bool
    /// The compiler's own name of the type, such as `struct Multicall3.Call3[]`.
    public var internalType: String?

    public init(
        _ name: String, _ type: ABIType, components: [ABIParameter] = [], isIndexed: Bool = false,
        internalType: String? = nil
    ) {
        self.name = name
        self.type = type
        self.components = components
        self.isIndexed = isIndexed
        self.internalType = internalType
    }
}

extension ABIParameter: CustomStringConvertible {
    /// The declaration as Solidity people write it: `(address target, bytes callData)[] calls`.
    public var description: String {
        typeText(type) + (isIndexed ? " indexed" : "") + (name.isEmpty ? "" : " " + name)
    }

    private func typeText(_ type: ABIType) -> String {
        switch type {
        case .array(let element): typeText(element) + "[]"
        case .fixedArray(let element, let count): typeText(element) + "[\(count)]"
        case .tuple(let members) where components.count == members.count:
            "(" + components.map(\.description).joined(separator: ", ") + ")"
        default: type.canonical
        }
    }
}
