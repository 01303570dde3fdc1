import EthEVM
import EthPrimitives
import EthTrie

/// The root of the newest state: only accounts that changed are hashed anew.
struct StateCommitment {
    private var leaves: [Address: AccountLeaf] = [:]

    init(_ state: MemoryState) {
        for (address, account) in state.accounts {
            leaves[address] = Self.leaf(account, StateRoot.storage(state.storage[address] ?? [:]))
        }
    }

    var root: B256 { StateRoot.accounts(leaves) }

    /// - Parameters:
    ///   - changes: of one block.
    ///   - slots: all slots of an account after it that are not zero.
    mutating func apply(_ changes: StateChanges, slots: (Address) -> [UInt256: UInt256]) {
        for (address, change) in changes.accounts {
            guard let account = change.account else {
                leaves[address] = nil
                continue
            }
            let isTouched = change.clearsStorage || !change.storage.isEmpty
            let known = leaves[address]?.storageRoot ?? Trie.emptyRoot
            leaves[address] = Self.leaf(
                account, isTouched ? StateRoot.storage(slots(address)) : known)
        }
    }

    private static func leaf(_ account: Account, _ storageRoot: B256) -> AccountLeaf {
        AccountLeaf(nonce: account.nonce, balance: account.balance, storageRoot: storageRoot, codeHash: account.code.hash)
    }
}
