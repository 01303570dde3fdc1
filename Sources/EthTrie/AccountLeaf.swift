public import EthCodec
public import EthPrimitives

/// What the state trie holds of an account (Yellow Paper, section 4.1).
public struct AccountLeaf: Hashable, Sendable {
    /// Keccak-256 of no code.
    public static let emptyCodeHash: B256 = Keccak256.hash([UInt8]())

    public var nonce: Nonce
    public var balance: Wei
    public var storageRoot: B256
    public var codeHash: B256

    public init(
        nonce: Nonce = 0, balance: Wei = .zero, storageRoot: B256 = Trie.emptyRoot, codeHash: B256 = AccountLeaf.emptyCodeHash
    ) {
        self.nonce = nonce
        self.balance = balance
        self.storageRoot = storageRoot
        self.codeHash = codeHash
    }

    /// The list of nonce, balance, storage root and code hash.
    public var encoded: [UInt8] {
        RLPEncoder.encodeList { list in
            list.append(nonce)
            list.append(balance)
            list.append(storageRoot)
            list.append(codeHash)
        }
    }

    /// Decodes strictly: `encoded` of the result is the input again.
    public init(decoding bytes: [UInt8]) throws(RLPError) {
        self = try RLPReader.read(bytes) { reader throws(RLPError) in
            var list = try reader.list(count: 4)
            return AccountLeaf(
                nonce: try list.uint64(), balance: try list.wei(), storageRoot: try list.fixedBytes(),
                codeHash: try list.fixedBytes())
        }
    }
}
