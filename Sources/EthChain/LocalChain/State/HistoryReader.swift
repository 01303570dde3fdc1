import EthEVM
import EthPrimitives

/// The state after one block of the history, with what lies above it: the blocks of a branch, or what is pretended.
struct HistoryReader: StateReader {
    let history: StateHistory
    /// The block of the line whose state is below.
    let number: UInt64
    /// Changes above it, the newest first.
    var layers: [StateChanges] = []
    /// Hashes of the blocks that instructions may ask for.
    var hashOf: (UInt64) -> BlockHash?

    func account(_ address: Address) -> Account? {
        for (index, layer) in layers.enumerated() {
            guard let change = layer.accounts[address] else { continue }
            guard var account = change.account else { return .empty }
            account.hasStorage = hasStorage(address, from: index)
            return account
        }
        return history.account(address, at: number)
    }

    func storage(_ address: Address, _ slot: UInt256) -> UInt256? {
        for layer in layers {
            guard let change = layer.accounts[address] else { continue }
            if let value = change.storage[slot] { return value }
            if change.clearsStorage { return .zero }
        }
        return history.storage(address, slot, at: number)
    }

    func blockHash(_ number: UInt64) -> BlockHash? { hashOf(number) ?? BlockHash() }

    /// Whether the layers from an index on and what lies below leave the account a slot that is not zero. Slots that a layer sets to
    /// zero again are not counted against those below: then the answer may be yes where it is no.
    private func hasStorage(_ address: Address, from index: Int) -> Bool {
        for layer in layers[index...] {
            guard let change = layer.accounts[address] else { continue }
            if change.storage.values.contains(where: { $0 != .zero }) { return true }
            if change.clearsStorage { return false }
        }
        return history.account(address, at: number).hasStorage
    }
}
