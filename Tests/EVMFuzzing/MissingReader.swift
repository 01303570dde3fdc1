import EthEVM
import EthPrimitives

/// A state of which some is not known; what is missing follows from the case alone.
struct MissingReader: StateReader {
    let state: MemoryState
    let percent: Int
    let salt: UInt64

    private func isMissing(_ bytes: [UInt8]) -> Bool {
        var dice = Dice(seed: salt, number: bytes.reduce(0) { $0 &* 257 &+ UInt64($1) })
        return dice.chance(percent)
    }

    func account(_ address: Address) -> Account? {
        // Who sends must be known, or nothing would run.
        address != FuzzAddresses.sender && isMissing(address.bytes) ? nil : state.account(address)
    }

    func storage(_ address: Address, _ slot: UInt256) -> UInt256? {
        isMissing(address.bytes + slot.bigEndianBytes.bytes) ? nil : state.storage(address, slot)
    }

    func blockHash(_ number: UInt64) -> BlockHash? {
        isMissing([UInt8(truncatingIfNeeded: number)]) ? nil : state.blockHash(number)
    }
}

/// Answers zero and "no such account" where another does not know.
struct FillingReader: StateReader {
    let reader: MissingReader

    func account(_ address: Address) -> Account? { reader.account(address) ?? .empty }
    func storage(_ address: Address, _ slot: UInt256) -> UInt256? { reader.storage(address, slot) ?? .zero }
    func blockHash(_ number: UInt64) -> BlockHash? { reader.blockHash(number) ?? BlockHash() }
}
