public import EthPrimitives

/// Gas of a poke by branch: sums of parts that were fitted to receipts of a real geth with the real contracts.
///
/// MegaPoker parts reproduce every measured branch within 2 gas: nothing due 234,339; four due and everything changed 364,368;
/// aggregate3 parts reproduce 175,123 for four oracles and 391,119 with nine spots within 60 gas. Measured on geth 1.16.7, Osaka
/// rules, sources of class Median; calibrate against your own receipts.
public struct PokeGasModel: Codable, Sendable, Hashable {
    /// Transaction, four bytes of calldata, dispatcher.
    public var megaPokerBase: Gas = 21_265
    /// `OSM.poke` that reverts because its hour has not come.
    public var tooEarly: Gas = 10_131
    /// On top of `tooEarly`: an effective poke that changes nothing but zzz.
    public var due: Gas = 20_607
    /// On top of `tooEarly`: the source has no value.
    public var sourceInvalid: Gas = 12_119
    /// On top of `tooEarly`: the source reverts.
    public var sourceReverts: Gas = 5_464
    /// Below `tooEarly`: the oracle is stopped.
    public var stoppedDiscount: Gas = 2_571
    /// A storage word from one value to another, against no change (EIP-2200, EIP-2929).
    public var change: Gas = 2_800
    /// A storage word from zero to a value, against no change.
    public var zeroToValue: Gas = 19_900
    /// Refund for a word set to zero (EIP-3529).
    public var clearRefund: Gas = 4_800
    /// `Spotter.poke` of one more collateral type on an oracle that was touched before, spot unchanged.
    public var spot: Gas = 16_840
    /// The first collateral type of each oracle: its whitelist slot is cold.
    public var firstOfOracle: Gas = 2_000
    /// The first `Spotter.poke` of a transaction: Spotter, Vat and their slots are cold.
    public var firstSpot: Gas = 12_990
    /// A feed without valid price spares the arithmetic.
    public var voidDiscount: Gas = 2_821
    /// What the last inner call needs beyond what it uses: it gets 63/64 of what is left.
    public var tail: Gas = 272
    /// The block that a MegaPoker of before 2026 runs once a day.
    public var dailyBlock: Gas = 650_000
    /// aggregate3: transaction, array header and loop.
    public var multicallBase: Gas = 22_166
    /// aggregate3: an effective `OSM.poke` that changes nothing but zzz, with its calldata and call.
    public var multicallDue: Gas = 32_639
    /// aggregate3: calldata and call of an `OSM.poke` that has no effect, above its cost in the MegaPoker.
    public var multicallIdle: Gas = 230
    /// aggregate3: as `spot`, with the calldata and call of an entry whose name has five letters.
    public var multicallSpot: Gas = 18_842
    public var multicallFirstSpot: Gas = 12_994
    public var multicallFirstOfOracle: Gas = 2_008
    /// aggregate3: an oracle that the transaction does not poke is cold when its first spot is.
    public var multicallColdOracle: Gas = 4_501
    /// Calldata of one more letter in a name: a non-zero for a zero byte.
    public var multicallLetter: Gas = 12
    /// `OSM.poke` in a transaction of its own that reverts because its hour has not come.
    public var singleTooEarly: Gas = 26_083
    /// On top of `singleTooEarly`: an effective poke that changes nothing but zzz.
    public var singleDue: Gas = 22_702
    /// On top of `singleTooEarly`: the source has no value.
    public var singleInvalid: Gas = 12_214
    /// `Spotter.poke` in a transaction of its own, name of five letters, spot unchanged.
    public var singleSpot: Gas = 54_483
    /// There a feed without valid price spares reading `par` too.
    public var singleVoidDiscount: Gas = 4_822
    /// An announced account is paid with 2,400 and then warm, 100, in place of 2,600 (EIP-2930, EIP-2929).
    public var listedAccount: Gas = 100
    /// An announced slot is paid with 1,900 and then warm, 100, in place of 2,100.
    public var listedSlot: Gas = 100
    /// On top where it is written before it is read: a warm store has no surcharge for access.
    public var listedFirstWrite: Gas = 100
    /// An announced account that is warm anyway, as the called contract is: for nothing.
    public var listedWarmAccount: Gas = 2_400

    public init() {}

    /// What a storage write costs above one that changes nothing.
    func cost(of change: PokeEffects.StoreChange) -> Gas {
        switch change {
        case .unchanged: 0
        case .changed, .valueToZero: self.change
        case .zeroToValue: zeroToValue
        }
    }
}

/// Gas of one transaction: what it uses, and what its limit must at least be.
public struct PokeGas: Codable, Sendable, Hashable {
    /// After refunds, as in the receipt.
    public var used: Gas
    /// The smallest limit at which every effect is reached.
    public var needed: Gas

    public init(used: Gas, needed: Gas) {
        self.used = used
        self.needed = needed
    }
}
