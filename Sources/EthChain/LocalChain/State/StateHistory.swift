import EthEVM
import EthPrimitives

/// The states after each block of one line, as versions of its accounts and slots: a block adds only what it changed, and any block
/// that is kept is read as fast as the newest one.
final class StateHistory {
    private struct KeptAccount {
        /// `nil` if it does not exist; its `hasStorage` is right.
        let account: Account?
        /// Slots that are not zero.
        let slots: Int
    }

    private var accounts: [Address: Versions<KeptAccount>] = [:]
    private var storage: [Address: [UInt256: Versions<UInt256>]] = [:]

    /// Versions in memory: what it takes grows with them.
    var count: Int {
        accounts.values.reduce(0) { $0 + $1.count } + storage.values.joined().reduce(0) { $0 + $1.value.count }
    }

    init() {}

    private init(_ other: StateHistory) {
        accounts = other.accounts
        storage = other.storage
    }

    /// An independent copy; both share their memory until one changes.
    func copy() -> StateHistory { StateHistory(self) }

    /// The account after the block of that number.
    func account(_ address: Address, at number: UInt64) -> Account {
        accounts[address]?.value(at: number)?.account ?? .empty
    }

    /// What a slot held after the block of that number.
    func storage(_ address: Address, _ slot: UInt256, at number: UInt64) -> UInt256 {
        storage[address]?[slot]?.value(at: number) ?? .zero
    }

    /// Slots of an account that are not zero after the block of that number.
    func slots(of address: Address, at number: UInt64) -> [UInt256: UInt256] {
        var slots: [UInt256: UInt256] = [:]
        for (slot, versions) in storage[address] ?? [:] {
            if let value = versions.value(at: number), value != .zero { slots[slot] = value }
        }
        return slots
    }

    /// Adds what the next block of the line changed.
    /// - Returns: the same, with every slot that it emptied by name: what the other methods want to be told of this block.
    func append(_ changes: StateChanges, at number: UInt64) -> StateChanges {
        var complete = changes
        for (address, change) in changes.accounts {
            let before = accounts[address]?.newest
            if change.account == nil, change.storage.isEmpty, before?.account == nil, !change.clearsStorage {
                // What is not there was touched: nothing to remember.
                complete.accounts[address] = nil
                continue
            }
            var written = change.storage
            if change.clearsStorage {
                for (slot, versions) in storage[address] ?? [:] where written[slot] == nil {
                    if versions.newest ?? .zero != .zero { written[slot] = .zero }
                }
                complete.accounts[address]?.storage = written
            }
            let slots = (before?.slots ?? 0) + write(written, of: address, at: number)
            var account = change.account
            account?.hasStorage = slots > 0
            accounts[address, default: Versions()].append(KeptAccount(account: account, slots: slots), at: number)
        }
        return complete
    }

    /// - Returns: how many slots more are not zero.
    private func write(_ slots: [UInt256: UInt256], of address: Address, at number: UInt64) -> Int {
        guard !slots.isEmpty else { return 0 }
        var more = 0
        for (slot, value) in slots {
            let before = storage(address, slot, at: number)
            if before == .zero, value != .zero { more += 1 }
            if before != .zero, value == .zero { more -= 1 }
            storage[address, default: [:]][slot, default: Versions()].append(value, at: number)
        }
        return more
    }

    /// Takes the newest block back, which changed this.
    func removeLast(_ changes: StateChanges, at number: UInt64) {
        edit(changes, { $0.removeLast(at: number) }, { $0.removeLast(at: number) })
    }

    /// Forgets what lies before a block that changed this: no state before it can be read any more.
    func forget(before changes: StateChanges, at number: UInt64) {
        edit(
            changes, { $0.forget(before: number) { $0.account == nil && $0.slots == 0 } },
            { $0.forget(before: number) { $0 == .zero } })
    }

    /// Everything that is not zero after the block of that number.
    func flattened(at number: UInt64) -> MemoryState {
        var state = MemoryState()
        for (address, versions) in accounts {
            if let account = versions.value(at: number)?.account { state.accounts[address] = account }
        }
        for address in storage.keys {
            let slots = slots(of: address, at: number)
            if !slots.isEmpty { state.storage[address] = slots }
        }
        return state
    }

    /// Edits the versions of all that changes name, and drops what has none left.
    private func edit(
        _ changes: StateChanges, _ account: (inout Versions<KeptAccount>) -> Void, _ slot: (inout Versions<UInt256>) -> Void
    ) {
        for (address, change) in changes.accounts {
            Self.edit(&accounts, address, account)
            guard !change.storage.isEmpty, let index = storage.index(forKey: address) else { continue }
            for key in change.storage.keys { Self.edit(&storage.values[index], key, slot) }
            if storage.values[index].isEmpty { storage.remove(at: index) }
        }
    }

    private static func edit<Key: Hashable, Value>(
        _ table: inout [Key: Versions<Value>], _ key: Key, _ body: (inout Versions<Value>) -> Void
    ) {
        guard let index = table.index(forKey: key) else { return }
        body(&table.values[index])
        if table.values[index].isEmpty { table.remove(at: index) }
    }
}
