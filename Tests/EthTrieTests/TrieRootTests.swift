import EthCodec
import EthPrimitives
import EthTrie
import TestSupport
import Testing

@Suite("Roots of tries") struct TrieRootTests {
    @Test("are those of an independent implementation, whatever the order of the keys", arguments: TrieVectors.all.tries)
    func vectors(_ vector: TrieVectors.Trie) throws {
        #expect(try Trie.root(of: vector.entries) == vector.root)
        #expect(Trie.secureRoot(of: vector.entries) == vector.secureRoot)
        var random = SeededRandom(1)
        // Only the order of equal keys says anything.
        let unequal = Set(vector.entries.map(\.key)).count == vector.entries.count
        for _ in 0..<5 where unequal {
            #expect(try Trie.root(of: vector.entries.shuffled(using: &random)) == vector.root)
        }
    }

    @Test("of nothing are the hash of the empty string's encoding")
    func empty() throws {
        // Known from every client's genesis: the storage root of accounts without storage.
        let known = try B256(hex: "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421")
        #expect(Trie.emptyRoot == known)
        #expect(try Trie.root(of: []) == known && Trie.secureRoot(of: []) == known && Trie.orderedRoot(of: []) == known)
        #expect(try Trie.root(of: [([1], [])]) == known, "an empty value is none")
        #expect(StateRoot.storage([:]) == known && StateRoot.storage([1: 0]) == known && StateRoot.accounts([:]) == known)
    }

    @Test("change with each key, each value and each pair left out", arguments: TrieVectors.all.tries)
    func sensitive(_ vector: TrieVectors.Trie) throws {
        let last = Dictionary(vector.entries.map { ($0.key, $0.value) }) { $1 }.filter { !$0.value.isEmpty }
        let pairs = last.map { (key: $0.key, value: $0.value) }
        for index in pairs.indices.prefix(20) {
            var changed = pairs
            changed[index].value.append(1)
            #expect(try Trie.root(of: changed) != vector.root)
            changed = pairs
            changed[index].key.append(1)
            #expect(try Trie.root(of: changed) != vector.root)
            changed.remove(at: index)
            #expect(try Trie.root(of: changed) != vector.root)
        }
    }

    @Test("of lists are those of an independent implementation", arguments: TrieVectors.all.lists)
    func lists(_ vector: TrieVectors.List) throws {
        #expect(Trie.orderedRoot(of: vector.values.map(\.rawValue)) == vector.root)
        let pairs = vector.values.enumerated().map { (RLPEncoder.encode(.integer(UInt64($0))), $1.rawValue) }
        #expect(try Trie.root(of: pairs) == vector.root)
    }

    @Test("of states and storage are those of an independent implementation", arguments: TrieVectors.all.states)
    func states(_ vector: TrieVectors.State) throws {
        var accounts: [Address: AccountLeaf] = [:]
        for account in vector.accounts {
            let slots = Dictionary(uniqueKeysWithValues: account.storage.map { ($0[0], $0[1]) })
            let nonce = try #require(Nonce(account.nonce))
            let leaf = AccountLeaf(
                nonce: nonce, balance: account.balance, storageRoot: StateRoot.storage(slots), codeHash: account.codeHash)
            #expect(leaf.encoded == account.leaf.rawValue)
            #expect(try AccountLeaf(decoding: account.leaf.rawValue) == leaf)
            accounts[account.address] = leaf
        }
        #expect(StateRoot.accounts(accounts) == vector.root)
    }

    @Test("refuse keys that are too long for any trie of the protocol, and bear the longest ones that lie inside each other")
    func longKeys() throws {
        #expect(throws: TrieError.keyTooLong(bytes: 257)) { try Trie.root(of: [(Array(repeating: 1, count: 257), [1])]) }
        let pairs = (0...256).map { (key: [UInt8](repeating: 1, count: $0), value: [UInt8(truncatingIfNeeded: $0), 1]) }
        let root = try Trie.root(of: pairs)
        let proof = try Trie.proof(of: pairs[256].key, in: pairs)
        #expect(try TrieProof.verify(root: root, key: pairs[256].key, proof: proof) == pairs[256].value)
    }

    @Test(
        "accounts that are no list of four fields are refused",
        arguments: ["0x", "0xc0", "0xc480808080", "0xc20102", "0xc50102030405"])
    func malformedAccounts(_ text: String) throws {
        let bytes = try Hex.decode(text)
        #expect(throws: RLPError.self) { try AccountLeaf(decoding: bytes) }
    }
}
