internal import EthCodec
public import EthPrimitives

/// The roots that a block's header and an account name: state and storage (Yellow Paper, section 4.1).
public enum StateRoot {
    /// The root over all accounts. None is left out: those that EIP-161 removes must not be given.
    public static func accounts(_ accounts: [Address: AccountLeaf]) -> B256 {
        var entries = TrieEntries(reserving: accounts.count)
        for (address, account) in accounts {
            entries.append(key: address.word.withUnsafeBytes { Keccak256.hash($0) }, value: account.encoded)
        }
        return TrieBuilder(entries).root()
    }

    /// The root over an account's storage. Slots that hold zero are left out: a trie does not know them.
    public static func storage(_ slots: [UInt256: UInt256]) -> B256 {
        if slots.isEmpty { return Trie.emptyRoot }
        var entries = TrieEntries(reserving: slots.count)
        for (slot, value) in slots where value != .zero {
            entries.append(key: slot.bigEndianBytes.withUnsafeBytes { Keccak256.hash($0) }, value: Self.encoded(value))
        }
        return TrieBuilder(entries).root()
    }

    /// How a slot's value stands in the trie: the RLP encoding of its bytes without leading zeros.
    public static func encoded(_ value: UInt256) -> [UInt8] { RLPEncoder.encode(.integer(value)) }
}
