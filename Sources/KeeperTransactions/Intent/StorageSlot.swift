public import EthPrimitives

/// A word of a contract's storage.
public struct StorageSlot: Sendable, Hashable {
    public var address: Address
    public var slot: B256

    public init(address: Address, slot: B256) {
        self.address = address
        self.slot = slot
    }
}
