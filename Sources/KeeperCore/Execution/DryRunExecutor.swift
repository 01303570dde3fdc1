import KeeperTransactions
public import EthRPC

/// Says what would be sent. It holds no signer and has no way to reach one: a dry run cannot sign, by type.
public struct DryRunExecutor: ActionExecutor {
    public init() {}

    public func execute(_ action: Action, at head: BlockHeader) async -> Outcome {
        guard case .transact(let intent) = action else { return .noted }
        return .wouldSend(intent: intent.id)
    }
}
