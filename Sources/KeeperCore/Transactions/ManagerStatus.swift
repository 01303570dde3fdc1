public import EthPrimitives
public import EthRPC
public import KeeperTransactions

/// Where a manager's account stands, as of the last event.
public struct ManagerStatus: Sendable {
    /// The sum of the durable records.
    public var state = MachineState()
    /// The newest head that was believed.
    public var head: BlockHeader?
    /// The account's balance at the last view; `nil` before the first, and where a node did not tell it.
    public var balance: Wei?
    /// Nothing is in flight, wanted or on its way to the store.
    public var isIdle = true
    /// Nothing is wanted or on its way to the store, and all that is in flight is as deep as the policy asks: only finality is waited
    /// for.
    public var isQuiet = true
    /// Signatures, broadcasts and searches without an answer yet.
    public var underWay = 0
}
