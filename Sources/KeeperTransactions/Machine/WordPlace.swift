public import EthPrimitives

/// A word of storage in the state after one block: it never changes, and is the same on every node that has this state.
public struct WordPlace: Sendable, Hashable {
    public var block: BlockHash
    public var slot: StorageSlot

    public init(block: BlockHash, slot: StorageSlot) {
        self.block = block
        self.slot = slot
    }
}

/// What an attempt to read a word of storage came to.
public enum WordReading: Sendable, Hashable {
    case word(B256)
    /// It could not be read, but may be another time.
    case unread
    /// Every node that there is says that it no longer has this state.
    case gone
}
