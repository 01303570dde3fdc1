internal import EthEVM
internal import EthPrimitives
internal import EthTrie

/// The state of a test before its transaction, as the machine reads it.
struct StateTestState: StateReader {
    private let before: [Address: StateTestAccount]
    private let accounts: [Address: Account]
    /// What the state trie holds of each account.
    private let leaves: [Address: AccountLeaf]

    init(_ accounts: [Address: StateTestAccount]) {
        before = accounts
        self.accounts = accounts.mapValues { account in
            Account(
                nonce: account.nonce, balance: account.balance, code: account.code.isEmpty ? .empty : Bytecode(account.code),
                hasStorage: account.storage.values.contains { $0 != .zero })
        }
        leaves = accounts.mapValues { account in
            AccountLeaf(
                nonce: account.nonce, balance: account.balance, storageRoot: StateRoot.storage(account.storage),
                codeHash: Keccak256.hash(account.code))
        }
    }

    func account(_ address: Address) -> Account? { accounts[address] ?? .empty }
    func storage(_ address: Address, _ slot: UInt256) -> UInt256? { before[address]?.storage[slot] ?? .zero }
    func blockHash(_ number: UInt64) -> BlockHash? { StateTestEnvironment.blockHash(number) }

    // MARK: Afterwards

    func root(after changes: StateChanges) -> B256 {
        var leaves = leaves
        for (address, change) in changes.accounts {
            leaves[address] = change.account.map { account in
                let isUntouched = change.storage.isEmpty && !change.clearsStorage
                return AccountLeaf(
                    nonce: account.nonce, balance: account.balance,
                    storageRoot: isUntouched
                        ? leaves[address]?.storageRoot ?? Trie.emptyRoot : StateRoot.storage(storage(address, after: change)),
                    codeHash: account.code.hash)
            }
        }
        return StateRoot.accounts(leaves)
    }

    /// The root of a block whose only transaction was refused: its producer gets nothing, which removes an empty account (EIP-161).
    func rootWithoutTransaction(feeRecipient: Address) -> B256 {
        var leaves = leaves
        if accounts[feeRecipient]?.isEmpty == true { leaves[feeRecipient] = nil }
        return StateRoot.accounts(leaves)
    }

    func accounts(after changes: StateChanges) -> [Address: StateTestAccount] {
        var accounts = before
        for (address, change) in changes.accounts {
            accounts[address] = change.account.map { account in
                StateTestAccount(
                    nonce: account.nonce, balance: account.balance, code: account.code.bytes,
                    storage: storage(address, after: change))
            }
        }
        return accounts
    }

    private func storage(_ address: Address, after change: StateChanges.Change) -> [UInt256: UInt256] {
        let kept = change.clearsStorage ? [:] : before[address]?.storage ?? [:]
        return kept.merging(change.storage) { $1 }
    }
}

extension [Address: StateTestAccount] {
    /// What is not as expected, account by account in their order, and slot by slot.
    func differences(from expected: Self) -> [StateTestDifference] {
        var differences: [StateTestDifference] = []
        for address in Set(keys).union(expected.keys).sorted() {
            guard let right = expected[address] else {
                differences.append(StateTestDifference("account \(address)", expected: "none", found: "one"))
                continue
            }
            guard let found = self[address] else {
                differences.append(StateTestDifference("account \(address)", expected: "one", found: "none"))
                continue
            }
            func compare<Field: Equatable>(_ what: String, _ expected: Field, _ found: Field) {
                guard expected != found else { return }
                differences.append(StateTestDifference("\(what) of \(address)", expected: "\(expected)", found: "\(found)"))
            }
            compare("nonce", right.nonce, found.nonce)
            compare("balance", right.balance.rawValue, found.balance.rawValue)
            compare("code", Bytes(right.code), Bytes(found.code))
            for slot in Set(right.storage.keys).union(found.storage.keys).sorted() {
                compare(
                    "slot \(slot.hexQuantity)", (right.storage[slot] ?? .zero).hexQuantity,
                    (found.storage[slot] ?? .zero).hexQuantity)
            }
        }
        return differences
    }
}
