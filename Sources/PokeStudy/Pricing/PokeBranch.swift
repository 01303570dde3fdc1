import EthPrimitives
import EthTransactions
import OraclePokes

/// Everything that the gas of a call depends on: two pokes with the same branch cost the same.
///
/// Calls carry no values, and what a storage write costs depends only on what kind of change it is, so that prices themselves do not
/// count: what does is which oracle is due and valid, and which word of `cur`, `nxt` and spot goes from what kind of value to what.
struct PokeBranch: Hashable, Sendable {
    private let call: PokeCall
    /// A byte for each oracle and each spot.
    private let kinds: [UInt8]

    init(_ call: PokeCall, _ effects: PokeEffects) {
        self.call = call
        var kinds: [UInt8] = []
        kinds.reserveCapacity(effects.oracles.count + effects.spots.count + 1)
        for oracle in effects.oracles {
            switch oracle.branch {
            case .stopped: kinds.append(1)
            case .tooEarly: kinds.append(2)
            case .sourceReverts: kinds.append(3)
            case .sourceInvalid: kinds.append(4)
            case .effective(let current, let next): kinds.append(16 + 4 * current.index + next.index)
            }
        }
        for spot in effects.spots { kinds.append(UInt8(spot.isVoid ? 64 : 32) + (spot.change?.index ?? 8)) }
        kinds.append(effects.runsDailyBlock ? 1 : 0)
        self.kinds = kinds
    }
}

extension PokeEffects.StoreChange {
    fileprivate var index: UInt8 {
        switch self {
        case .unchanged: 0
        case .changed: 1
        case .zeroToValue: 2
        case .valueToZero: 3
        }
    }
}
