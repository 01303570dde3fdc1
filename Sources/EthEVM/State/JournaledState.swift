import EthPrimitives
import EthTransactions

/// State during a run: what the reader said, what was written over it, and how to take that back.
///
/// Accounts and slots have places, numbers that stay while the run lasts: whoever uses one often keeps its place.
final class JournaledState {
    var reader: any StateReader
    let accounts = Arena<AccountRecord>(capacity: 64)
    let slots = Arena<SlotRecord>(capacity: 256)
    let transient = Arena<TransientRecord>(capacity: 16)
    let journal = Arena<JournalEntry>(capacity: 512)
    let logs = Arena<LogRecord>(capacity: 64)
    let logData = Arena<UInt8>(capacity: 4_096)
    /// The refund counter of the transaction (EIP-3529). Inside it never falls below zero at the end of a frame.
    var refund: Int64 = 0
    /// Number of the transaction since the last reset, from 1.
    private(set) var epoch: UInt32 = 0
    var misses = StateMisses()

    private let accountIndex = HashIndex()
    private let slotIndex = HashIndex()
    private let transientIndex = HashIndex()
    private var replacedCodes: [Bytecode] = []
    /// Accounts that this transaction made, destroyed or touched, for its end.
    private var marked: [Int] = []

    init(_ reader: any StateReader) { self.reader = reader }

    // MARK: Places

    /// The place of an account, which is not read for that.
    @inline(__always)
    func place(of address: Address) -> Int {
        let hash = HashIndex.hash(address)
        if let place = accountIndex.find(hash, where: { accounts[$0].address == address }) { return place }
        return addAccount(address, hash)
    }

    private func addAccount(_ address: Address, _ hash: UInt32) -> Int {
        let place = accounts.append(AccountRecord(address))
        accountIndex.insert(hash, place)
        return place
    }

    /// The place of an account that is about to be looked into.
    @inline(__always)
    func loaded(_ address: Address) -> Int {
        let place = place(of: address)
        load(place)
        return place
    }

    @inline(__always)
    func load(_ place: Int) {
        accounts[place].usedIn = epoch
        if !accounts[place].isLoaded { read(place) }
    }

    private func read(_ place: Int) {
        accounts[place].isLoaded = true
        guard let account = reader.account(accounts[place].address) else {
            misses.accounts.insert(accounts[place].address)
            return
        }
        accounts[place].before = account
        accounts[place].nonce = account.nonce
        accounts[place].balance = account.balance.rawValue
        accounts[place].code = account.code
        accounts[place].hasStorage = account.hasStorage
    }

    /// The place of a slot, with its value as it is and as the transaction found it.
    @inline(__always)
    func slot(_ account: Int, _ key: UInt256) -> Int {
        let place = unreadSlot(account, key)
        if slots[place].seenIn != epoch { see(place) }
        slots[place].usedIn = epoch
        return place
    }

    @inline(__always)
    func unreadSlot(_ account: Int, _ key: UInt256) -> Int {
        let hash = HashIndex.hash(key, account)
        if let place = slotIndex.find(
            hash, where: { slots[$0].account == Int32(truncatingIfNeeded: account) && slots[$0].key == key })
        {
            return place
        }
        let place = slots.append(SlotRecord(account, key))
        slotIndex.insert(hash, place)
        return place
    }

    /// Reads a slot unless it is known, and notes what the transaction found.
    private func see(_ place: Int) {
        if !slots[place].isLoaded {
            slots[place].isLoaded = true
            let account = Int(slots[place].account)
            if !accounts[account].isStorageCleared {
                if let value = reader.storage(accounts[account].address, slots[place].key) {
                    slots[place].value = value
                    slots[place].before = value
                } else {
                    misses.slots[accounts[account].address, default: []].insert(slots[place].key)
                }
            }
        }
        slots[place].original = slots[place].value
        slots[place].seenIn = epoch
    }

    // MARK: Transient storage

    func transientValue(_ account: Int, _ key: UInt256) -> UInt256 {
        transientPlace(account, key).map { transient[$0].value } ?? .zero
    }

    func setTransient(_ account: Int, _ key: UInt256, _ value: UInt256) {
        let place: Int
        if let known = transientPlace(account, key) {
            place = known
        } else {
            place = transient.append(TransientRecord(account: Int32(truncatingIfNeeded: account), key: key, value: .zero))
            transientIndex.insert(HashIndex.hash(key, account), place)
        }
        note(.transientValue, place, transient[place].value)
        transient[place].value = value
    }

    private func transientPlace(_ account: Int, _ key: UInt256) -> Int? {
        transientIndex.find(HashIndex.hash(key, account)) {
            transient[$0].account == Int32(truncatingIfNeeded: account) && transient[$0].key == key
        }
    }

    // MARK: Changes

    @inline(__always)
    func note(_ kind: JournalEntry.Kind, _ place: Int, _ old: UInt256) {
        _ = journal.append(JournalEntry(kind: kind, place: Int32(truncatingIfNeeded: place), old: old))
    }

    /// Makes an account warm; says whether it was cold.
    @inline(__always)
    func warm(_ account: Int) -> Bool {
        if accounts[account].warmIn == epoch { return false }
        note(.accountWarm, account, .zero)
        accounts[account].warmIn = epoch
        return true
    }

    @inline(__always)
    func warmSlot(_ slot: Int) -> Bool {
        if slots[slot].warmIn == epoch { return false }
        note(.slotWarm, slot, .zero)
        slots[slot].warmIn = epoch
        return true
    }

    func setSlot(_ slot: Int, _ value: UInt256) {
        note(.slotValue, slot, slots[slot].value)
        slots[slot].value = value
    }

    func setBalance(_ account: Int, _ balance: UInt256) {
        note(.balance, account, accounts[account].balance)
        accounts[account].balance = balance
    }

    func setNonce(_ account: Int, _ nonce: Nonce) {
        note(.nonce, account, UInt256(accounts[account].nonce))
        accounts[account].nonce = nonce
    }

    func setCode(_ account: Int, _ code: Bytecode) {
        note(.code, account, UInt256(UInt64(replacedCodes.count)))
        replacedCodes.append(accounts[account].code)
        accounts[account].code = code
    }

    func touch(_ account: Int) {
        load(account)
        guard !accounts[account].isTouched else { return }
        note(.touched, account, .zero)
        accounts[account].isTouched = true
        marked.append(account)
    }

    /// A contract comes to be here: its storage begins empty, its nonce at 1 (EIP-161).
    func create(_ account: Int) {
        marked.append(account)
        note(.created, account, .zero)
        accounts[account].isCreated = true
        if !accounts[account].isStorageCleared {
            note(.storageCleared, account, .zero)
            accounts[account].isStorageCleared = true
        }
        setNonce(account, 1)
    }

    func destroy(_ account: Int) {
        guard !accounts[account].isDestroyed else { return }
        marked.append(account)
        note(.destroyed, account, .zero)
        accounts[account].isDestroyed = true
    }

    /// Moves ether; the sender has it.
    func transfer(_ value: UInt256, from: Int, to: Int) {
        touch(to)
        guard value != .zero else { return }
        setBalance(from, accounts[from].balance &- value)
        setBalance(to, accounts[to].balance &+ value)
    }

    // MARK: Taking back

    /// A place to come back to.
    struct Checkpoint {
        var journal: Int
        var logs: Int
        var logData: Int
        var refund: Int64
    }

    var checkpoint: Checkpoint {
        Checkpoint(journal: journal.count, logs: logs.count, logData: logData.count, refund: refund)
    }

    func revert(to checkpoint: Checkpoint) {
        var index = journal.count
        while index > checkpoint.journal {
            index -= 1
            undo(journal[index])
        }
        journal.truncate(to: checkpoint.journal)
        logs.truncate(to: checkpoint.logs)
        logData.truncate(to: checkpoint.logData)
        refund = checkpoint.refund
    }

    private func undo(_ entry: JournalEntry) {
        let place = Int(entry.place)
        switch entry.kind {
        case .balance: accounts[place].balance = entry.old
        case .nonce: accounts[place].nonce = entry.old.limbs.0
        case .code: accounts[place].code = replacedCodes[Int(truncatingIfNeeded: entry.old.limbs.0)]
        case .touched: accounts[place].isTouched = false
        case .created: accounts[place].isCreated = false
        case .destroyed: accounts[place].isDestroyed = false
        case .storageCleared: uncover(place)
        case .accountWarm: accounts[place].warmIn = 0
        case .slotWarm: slots[place].warmIn = 0
        case .slotValue: slots[place].value = entry.old
        case .transientValue: transient[place].value = entry.old
        }
    }

    /// The account's old storage is there again: slots that were taken for zero meanwhile are to be read.
    private func uncover(_ account: Int) {
        accounts[account].isStorageCleared = false
        for place in 0..<slots.count where Int(slots[place].account) == account {
            slots[place].isLoaded = false
            slots[place].seenIn = 0
        }
    }

    // MARK: Transactions

    func beginTransaction() {
        epoch += 1
        refund = 0
        journal.truncate(to: 0)
        logs.truncate(to: 0)
        logData.truncate(to: 0)
        replacedCodes.removeAll(keepingCapacity: true)
        marked.removeAll(keepingCapacity: true)
        if transient.count > 0 {
            transient.truncate(to: 0)
            transientIndex.removeAll()
        }
    }

    /// Takes away what SELFDESTRUCT and EIP-161 take, which nothing undoes.
    func endTransaction() {
        for place in marked {
            if accounts[place].isDestroyed { clear(place) }
            if accounts[place].isTouched { accounts[place].wasTouched = true }
            accounts[place].isTouched = false
            accounts[place].isCreated = false
            accounts[place].isDestroyed = false
        }
    }

    private func clear(_ account: Int) {
        accounts[account].nonce = 0
        accounts[account].balance = .zero
        accounts[account].code = .empty
        accounts[account].hasStorage = false
        accounts[account].isStorageCleared = true
        accounts[account].wasTouched = true
        for place in 0..<slots.count where Int(slots[place].account) == account {
            slots[place].value = .zero
            slots[place].isLoaded = true
        }
    }

    /// Forgets everything.
    func reset() {
        epoch = 0
        accounts.truncate(to: 0)
        slots.truncate(to: 0)
        journal.truncate(to: 0)
        logs.truncate(to: 0)
        logData.truncate(to: 0)
        transient.truncate(to: 0)
        accountIndex.removeAll()
        slotIndex.removeAll()
        transientIndex.removeAll()
        replacedCodes.removeAll(keepingCapacity: true)
        marked.removeAll(keepingCapacity: true)
        misses = StateMisses()
        refund = 0
    }
}
