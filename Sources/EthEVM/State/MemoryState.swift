public import EthPrimitives

/// A state in memory that knows everything: what it does not hold is empty.
public struct MemoryState: StateReader, Hashable, Sendable {
    public var accounts: [Address: Account]
    /// Slots that are not zero, by account.
    public var storage: [Address: [UInt256: UInt256]]
    public var blockHashes: [UInt64: BlockHash]

    public init(
        accounts: [Address: Account] = [:], storage: [Address: [UInt256: UInt256]] = [:], blockHashes: [UInt64: BlockHash] = [:]
    ) {
        self.accounts = accounts
        self.storage = storage
        self.blockHashes = blockHashes
    }

    public func account(_ address: Address) -> Account? {
        guard var account = accounts[address] else { return .empty }
        account.hasStorage = storage[address]?.isEmpty == false
        return account
    }

    public func storage(_ address: Address, _ slot: UInt256) -> UInt256? { storage[address]?[slot] ?? .zero }

    public func blockHash(_ number: UInt64) -> BlockHash? { blockHashes[number] ?? BlockHash() }

    /// Takes in what transactions changed.
    public mutating func apply(_ changes: StateChanges) {
        for (address, change) in changes.accounts {
            if change.clearsStorage { storage[address] = nil }
            for (slot, value) in change.storage {
                storage[address, default: [:]][slot] = value == .zero ? nil : value
            }
            if storage[address]?.isEmpty == true { storage[address] = nil }
            accounts[address] = change.account
        }
    }
}
