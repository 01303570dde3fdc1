import EthEVM
import EthPrimitives

extension StateChanges {
    /// Both one after the other.
    func merged(with later: StateChanges) -> StateChanges {
        guard !accounts.isEmpty else { return later }
        var merged = self
        for (address, change) in later.accounts {
            guard var before = merged.accounts[address], !change.clearsStorage else {
                merged.accounts[address] = change
                continue
            }
            before.account = change.account
            before.storage.merge(change.storage) { $1 }
            merged.accounts[address] = before
        }
        return merged
    }
}
