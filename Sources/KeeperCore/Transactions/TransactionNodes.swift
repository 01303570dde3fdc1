import EthPrimitives
public import EthRPC

/// What a manager needs of the nodes: one at a time for what belongs together, all for what each may have.
public protocol TransactionNodes: NodeViewing {
    /// Every node, whatever its head.
    var everyNode: [NodeView] { get }
    /// Hands signed bytes to every node. An outcome `noAnswer` with an error of code `unreachable` says that for certain no byte left
    /// for that node.
    func broadcast(_ signed: [UInt8]) async throws -> BroadcastReport
}

extension NodePool: TransactionNodes {
    public var everyNode: [NodeView] {
        sessions.map { session in NodeView(session.label, Provider(session)) { session.discredit($0) } }
    }
}

extension BroadcastReport {
    /// Whether for certain no byte left this process: there was no connection to any node.
    var wasNeverSent: Bool {
        !outcomes.isEmpty
            && outcomes.allSatisfy { entry in
                guard case .noAnswer(let error) = entry.outcome else { return false }
                return error.code == .unreachable
            }
    }
}
