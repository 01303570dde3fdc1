public import EthPrimitives

/// Roots of Merkle-Patricia tries (Yellow Paper, appendix D), built at once from all that a trie holds.
///
/// Keys stand in any order. Of two values for one key the later one counts; an empty value is as good as none, for a trie cannot hold it.
public enum Trie {
    /// Keccak-256 of the empty trie's one node, the empty string.
    public static let emptyRoot: B256 = TrieBuilder.emptyRoot

    /// The longest key: above every one of the protocol. It bounds how deep a trie is.
    public static let maximumKeyBytes = 256

    /// The root of a trie whose keys stand as they are.
    /// - Throws: `TrieError.keyTooLong`.
    public static func root(of pairs: [(key: [UInt8], value: [UInt8])]) throws(TrieError) -> B256 {
        TrieBuilder(try entries(pairs)).root()
    }

    /// The root of a trie whose keys are the Keccak-256 hashes of those given: state and storage.
    public static func secureRoot(of pairs: [(key: [UInt8], value: [UInt8])]) -> B256 {
        TrieBuilder(secureEntries(pairs)).root()
    }

    /// The root of a list: the key of each value is the RLP encoding of its index. Transactions, receipts and withdrawals of a block.
    public static func orderedRoot(of values: [[UInt8]]) -> B256 {
        var entries = TrieEntries(reserving: values.count)
        for (index, value) in values.enumerated() { entries.append(index: index, value: value) }
        return TrieBuilder(entries).root()
    }

    /// The nodes that prove what a trie holds under a key, or that it holds nothing there: from the root on, without those that stand
    /// inside others. What `TrieProof.verify` takes.
    /// - Throws: `TrieError.keyTooLong`.
    public static func proof(
        of key: [UInt8], in pairs: [(key: [UInt8], value: [UInt8])]
    ) throws(TrieError) -> [[UInt8]] {
        TrieBuilder(try entries(pairs)).proof(of: key)
    }

    /// The same for a trie whose keys are hashes of those given.
    public static func secureProof(of key: [UInt8], in pairs: [(key: [UInt8], value: [UInt8])]) -> [[UInt8]] {
        TrieBuilder(secureEntries(pairs)).proof(of: Keccak256.hash(key).bytes)
    }

    private static func entries(_ pairs: [(key: [UInt8], value: [UInt8])]) throws(TrieError) -> TrieEntries {
        var entries = TrieEntries(reserving: pairs.count)
        for (key, value) in pairs {
            guard key.count <= maximumKeyBytes else { throw .keyTooLong(bytes: key.count) }
            entries.append(key: key, value: value)
        }
        return entries
    }

    private static func secureEntries(_ pairs: [(key: [UInt8], value: [UInt8])]) -> TrieEntries {
        var entries = TrieEntries(reserving: pairs.count)
        for (key, value) in pairs { entries.append(key: Keccak256.hash(key), value: value) }
        return entries
    }
}

/// Why a trie cannot be built.
public enum TrieError: Error, Hashable, Sendable, CustomStringConvertible {
    case keyTooLong(bytes: Int)

    public var description: String {
        switch self {
        case .keyTooLong(let bytes): "a trie's key of \(bytes) bytes, at most \(Trie.maximumKeyBytes)"
        }
    }
}
