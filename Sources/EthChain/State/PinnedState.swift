public import EthEVM
public import EthPrimitives

/// State of one block, as far as it was fetched from a node: the rest is not known, which is something else than zero.
///
/// A value: what a simulation fetched in addition is in the state that comes back with its result.
public struct PinnedState: StateReader, Sendable {
    public let block: PinnedBlock
    private var accounts: [Address: Account] = [:]
    private var slots: [Address: [UInt256: UInt256]] = [:]
    private var hashes: [UInt64: BlockHash]

    /// Nothing is known but the hashes of the block and its parent.
    public init(of block: PinnedBlock) {
        self.block = block
        hashes = [block.number: block.hash]
        if block.number > 0 { hashes[block.number - 1] = block.parentHash }
    }

    public func account(_ address: Address) -> Account? { accounts[address] }

    public func storage(_ address: Address, _ slot: UInt256) -> UInt256? { slots[address]?[slot] }

    /// Zero for blocks that are not there yet: where a simulation skips some, nobody knows their hashes.
    public func blockHash(_ number: UInt64) -> BlockHash? { number > block.number ? BlockHash() : hashes[number] }

    /// Takes in an account at the block.
    public mutating func know(_ account: Account, at address: Address) { accounts[address] = account }

    /// Takes in what a slot holds at the block.
    public mutating func know(_ value: UInt256, in slot: UInt256, of address: Address) {
        slots[address, default: [:]][slot] = value
    }

    /// Takes in the hash of one of the block's ancestors.
    public mutating func know(_ hash: BlockHash, ofBlock number: UInt64) { hashes[number] = hash }

    /// Those of some accounts, slots and hashes that are not known.
    public func unknown(of wanted: StateMisses) -> StateMisses {
        var unknown = StateMisses()
        unknown.accounts = wanted.accounts.filter { accounts[$0] == nil }
        for (address, wantedSlots) in wanted.slots {
            let known = slots[address]
            let rest = wantedSlots.filter { known?[$0] == nil }
            if !rest.isEmpty { unknown.slots[address] = rest }
        }
        unknown.blockHashes = wanted.blockHashes.filter { blockHash($0) == nil }
        return unknown
    }
}
