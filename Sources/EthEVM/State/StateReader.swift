public import EthPrimitives

/// State of one block, for the interpreter: answers at once or says that it does not know, and never waits.
///
/// What is not known reads as zero or as an empty account, execution goes on, and all misses come back together in
/// `ExecutionResult.misses`: the result is then only good for finding out what to fetch.
public protocol StateReader {
    /// `nil` if it is not known; `.empty` if the account does not exist.
    func account(_ address: Address) -> Account?
    /// `nil` if it is not known; zero for a slot that was never written.
    func storage(_ address: Address, _ slot: UInt256) -> UInt256?
    /// The hash of a block, one of the 256 before the environment's; `nil` if it is not known.
    func blockHash(_ number: UInt64) -> BlockHash?
}

/// What a reader did not know.
public struct StateMisses: Hashable, Sendable {
    public var accounts: Set<Address>
    public var slots: [Address: Set<UInt256>]
    public var blockHashes: Set<UInt64>

    public init(accounts: Set<Address> = [], slots: [Address: Set<UInt256>] = [:], blockHashes: Set<UInt64> = []) {
        self.accounts = accounts
        self.slots = slots
        self.blockHashes = blockHashes
    }

    public var isEmpty: Bool { accounts.isEmpty && slots.isEmpty && blockHashes.isEmpty }
}
