internal import EthEVM
internal import EthPrimitives
internal import EthRPC

/// A state with some accounts as a simulation wants to see them.
struct OverriddenState<Base: StateReader>: StateReader {
    private let base: Base
    private let overrides: StateOverrides
    private let codes: [Address: Bytecode]
    /// Slots that were said, by number.
    private let slots: [Address: [UInt256: UInt256]]

    /// - Throws: `SimulatorError.movedPrecompile`.
    init(_ base: Base, _ overrides: StateOverrides) throws(SimulatorError) {
        if let moved = overrides.filter({ $0.value.movePrecompileTo != nil }).keys.min() { throw .movedPrecompile(moved) }
        self.base = base
        self.overrides = overrides
        codes = overrides.compactMapValues { $0.code.map(Bytecode.init) }
        slots = overrides.compactMapValues { account in
            switch account.storage {
            case .replaced(let words), .changed(let words):
                Dictionary(words.map { (UInt256(bigEndian: $0.key), UInt256(bigEndian: $0.value)) }) { $1 }
            case nil: nil
            }
        }
    }

    func account(_ address: Address) -> Account? {
        guard let own = overrides[address] else { return base.account(address) }
        // An account of which all is said need not be known.
        let isWhole = own.balance != nil && own.nonce != nil && own.code != nil
        guard var account = isWhole ? .empty : base.account(address) else { return nil }
        if let balance = own.balance { account.balance = balance }
        if let nonce = own.nonce { account.nonce = nonce }
        if let code = codes[address] { account.code = code }
        return account
    }

    func storage(_ address: Address, _ slot: UInt256) -> UInt256? {
        if let value = slots[address]?[slot] { return value }
        if case .replaced = overrides[address]?.storage { return .zero }
        return base.storage(address, slot)
    }

    func blockHash(_ number: UInt64) -> BlockHash? { base.blockHash(number) }
}
