public import EthRPC

/// One node, for all that one observation reads: its answers belong together.
public struct NodeView: Sendable {
    /// The node's name for people.
    public var label: String
    public var provider: Provider
    private let onDiscredit: @Sendable (String) -> Void

    /// - Parameter onDiscredit: told why one could not work with the node's answers.
    public init(_ label: String, _ provider: Provider, onDiscredit: @escaping @Sendable (String) -> Void = { _ in }) {
        self.label = label
        self.provider = provider
        self.onDiscredit = onDiscredit
    }

    /// One could not work with what the node answered: others are preferred for a while.
    public func discredit(_ reason: String) { onDiscredit(reason) }
}

/// Nodes that can be asked one at a time.
public protocol NodeViewing: Sendable {
    /// A node that has a block, none of those that were asked already; `nil` if there is no other.
    func view(at head: BlockHeader, besides asked: Set<String>) -> NodeView?
}

/// A single transport as the only node.
public struct SingleNode: NodeViewing {
    private let only: NodeView

    public init(_ provider: Provider, label: String = "node") { only = NodeView(label, provider) }

    public func view(at head: BlockHeader, besides asked: Set<String>) -> NodeView? {
        asked.contains(only.label) ? nil : only
    }
}

extension NodePool: NodeViewing {
    public func view(at head: BlockHeader, besides asked: Set<String>) -> NodeView? {
        session(at: head, besides: asked).map { session in
            NodeView(session.label, Provider(session)) { session.discredit($0) }
        }
    }
}
