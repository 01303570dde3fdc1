import OraclePokes
import EthPrimitives

/// Splits what a slot cost less than the baseline's over causes. Gas is valued at the baseline's price; what the own gas cost at another
/// price is a cause of its own, so that the parts sum to the difference to the wei:
///
///     g₀·p₀ − Σ gᵢ·pᵢ = (g₀ − g₁)·p₀ + g₁·(p₀ − p₁) − Σ of the later pokes
struct SlotSplit {
    private(set) var parts: [(cause: SavingCause, saving: Saving)] = []

    /// - Parameters:
    ///   - own: the strategy's slot.
    ///   - baseline: the baseline's slot of the same hour.
    init(_ own: RunSlot, baseline: RunSlot) {
        guard let theirs = baseline.pokes.first else {
            // Nothing to compare with: all of ours is more than one transaction too many.
            add(own.pokes, .separateTransactions, -1)
            return
        }
        add(Array(baseline.pokes.dropFirst()), .separateTransactions, 1)
        let gas = Int64(clamping: theirs.gasUsed)
        guard let ours = own.pokes.first else {
            let cause: SavingCause = theirs.fate == .late ? .lostRaces : baseline.didAdvance ? .unchangedSources : .notNeeded
            add(cause, Saving(gas: gas, wei: Int128(gas) * theirs.price.signed))
            return
        }
        func value(_ gas: Int64) -> Saving { Saving(gas: gas, wei: Int128(gas) * theirs.price.signed) }
        let path = own.path
        add(.timing, value(gas - Int64(clamping: path?.whole ?? ours.gasUsed)))
        for part in path?.parts ?? [] { add(part.cause, value(part.gas)) }
        let used = Int128(clamping: ours.gasUsed)
        add(.timing, Saving(wei: used * (theirs.baseFee.signed - ours.baseFee.signed)))
        add(.tip, Saving(wei: used * (theirs.priorityFee.signed - ours.priorityFee.signed)))
        for poke in own.pokes.dropFirst() { add([poke], poke.fate == .late ? .lostRaces : .separateTransactions, -1) }
    }

    private mutating func add(_ pokes: [PricedPoke], _ cause: SavingCause, _ sign: Int64) {
        for poke in pokes {
            let gas = Int64(clamping: poke.gasUsed) * sign
            add(cause, Saving(gas: gas, wei: Int128(gas) * poke.price.signed))
        }
    }

    /// Parts of one cause are one.
    private mutating func add(_ cause: SavingCause, _ saving: Saving) {
        guard saving != Saving() else { return }
        if let index = parts.firstIndex(where: { $0.cause == cause }) {
            parts[index].saving = parts[index].saving + saving
        } else {
            parts.append((cause, saving))
        }
    }
}

extension RunSlot {
    /// Whether a poke of the slot advanced an oracle.
    fileprivate var didAdvance: Bool { pokes.contains { !$0.oracles.isEmpty } }
}
