import EthEVM
import EthPrimitives
import EthTrie

/// The nodes that prove what a state holds.
struct StateProver {
    private let pairs: [(key: [UInt8], value: [UInt8])]

    init(_ state: MemoryState) {
        pairs = state.accounts.map { address, account in
            let leaf = AccountLeaf(
                nonce: account.nonce, balance: account.balance,
                storageRoot: StateRoot.storage(state.storage[address] ?? [:]), codeHash: account.code.hash)
            return (address.bytes, leaf.encoded)
        }
    }

    var root: B256 { Trie.secureRoot(of: pairs) }

    func proof(of address: Address) -> [[UInt8]] { Trie.secureProof(of: address.bytes, in: pairs) }

    static func proof(of slot: UInt256, in slots: [UInt256: UInt256]) -> [[UInt8]] {
        Trie.secureProof(
            of: slot.bigEndianBytes.bytes,
            in: slots.map { ($0.key.bigEndianBytes.bytes, StateRoot.encoded($0.value)) })
    }
}
