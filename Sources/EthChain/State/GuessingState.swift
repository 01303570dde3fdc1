internal import EthEVM
internal import EthPrimitives

/// A state that notes what was asked of it, and may answer a guess where it does not know: the machine then goes on where zero would have
/// stopped it, and what it asks for next is found out without asking the node in between.
///
/// Only for finding out what to fetch: with misses, no result counts.
final class GuessingState<Base: StateReader>: StateReader {
    private let base: Base
    /// What slots hold that are not known; `nil` leaves it to the machine, which takes zero.
    private let guess: UInt256?
    /// All that was asked for, known or not. The machine asks once for each.
    private(set) var asked = StateMisses()
    private(set) var misses = StateMisses()

    init(_ base: Base, guess: UInt256? = nil) {
        self.base = base
        self.guess = guess
    }

    func account(_ address: Address) -> Account? {
        asked.accounts.insert(address)
        let account = base.account(address)
        if account == nil { misses.accounts.insert(address) }
        return account
    }

    func storage(_ address: Address, _ slot: UInt256) -> UInt256? {
        asked.slots[address, default: []].insert(slot)
        if let value = base.storage(address, slot) { return value }
        misses.slots[address, default: []].insert(slot)
        return guess
    }

    func blockHash(_ number: UInt64) -> BlockHash? {
        asked.blockHashes.insert(number)
        let hash = base.blockHash(number)
        if hash == nil { misses.blockHashes.insert(number) }
        return hash
    }
}

extension StateMisses {
    mutating func formUnion(_ other: StateMisses) {
        accounts.formUnion(other.accounts)
        slots.merge(other.slots) { $0.union($1) }
        blockHashes.formUnion(other.blockHashes)
    }
}
