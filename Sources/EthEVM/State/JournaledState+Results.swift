import EthPrimitives
import EthTransactions

/// What a run tells of its state.
extension JournaledState {
    /// Accounts and slots that the transaction used, in ascending order.
    var touched: AccessList {
        // The place of each account's entry, in the order of accounts; -1 for those that were not used.
        var entries = [Int](repeating: -1, count: accounts.count)
        let used = (0..<accounts.count).filter { accounts[$0].usedIn == epoch }
        var keys = [Int]()
        for place in 0..<slots.count where slots[place].usedIn == epoch { keys.append(place) }
        keys.sort { slots[$0].key < slots[$1].key }
        var list = AccessList(
            used.sorted { accounts[$0].address < accounts[$1].address }.enumerated().map { index, place in
                entries[place] = index
                return AccessList.Entry(address: accounts[place].address)
            })
        for place in keys {
            // Whose slot is used is used.
            let entry = entries[Int(slots[place].account)]
            if entry >= 0 { list.entries[entry].storageKeys.append(slots[place].key.bigEndianBytes) }
        }
        return list
    }

    /// The logs of the transaction.
    var events: [EVMLog] { events(from: 0) }

    func events(from first: Int) -> [EVMLog] {
        (first..<max(first, logs.count)).map { index in
            let log = logs[index]
            let topics = [log.topics.0, log.topics.1, log.topics.2, log.topics.3].prefix(log.topicCount)
            let data = UnsafeBufferPointer(start: logData.base + log.dataStart, count: log.dataCount)
            return EVMLog(
                address: accounts[log.account].address, topics: topics.map(\.bigEndianBytes), data: Array(data))
        }
    }

    /// What differs from what the reader said.
    var changes: StateChanges {
        var changes: [Address: StateChanges.Change] = [:]
        for place in 0..<accounts.count {
            let record = accounts[place]
            guard record.isLoaded else { continue }
            let now = Account(nonce: record.nonce, balance: Wei(record.balance), code: record.code)
            var before = record.before
            before.hasStorage = false
            let vanished = record.wasTouched && record.isEmpty
            guard vanished || now != before || record.isStorageCleared else { continue }
            changes[record.address] = StateChanges.Change(
                account: vanished ? nil : now, clearsStorage: record.isStorageCleared)
        }
        for place in 0..<slots.count {
            let slot = slots[place]
            guard slot.isLoaded else { continue }
            let account = accounts[Int(slot.account)]
            let before = account.isStorageCleared ? .zero : slot.before
            guard slot.value != before else { continue }
            let now = Account(nonce: account.nonce, balance: Wei(account.balance), code: account.code)
            changes[account.address, default: StateChanges.Change(account: now)].storage[slot.key] = slot.value
        }
        return StateChanges(accounts: changes)
    }
}
