public import EthPrimitives

/// A parameter of the gas model by name, in the order in which a fit prefers them: of several that receipts do not tell apart the first
/// takes the difference, the others stay.
public enum PokeGasParameter: String, Codable, Sendable, Hashable, CaseIterable {
    case megaPokerBase, tooEarly, due, sourceInvalid, sourceReverts, stoppedDiscount, change, zeroToValue, clearRefund, spot
    case firstOfOracle, firstSpot, voidDiscount, tail, dailyBlock
    case multicallBase, multicallDue, multicallIdle, multicallSpot, multicallFirstSpot, multicallFirstOfOracle
    case multicallColdOracle, multicallLetter
    case singleTooEarly, singleDue, singleInvalid, singleSpot, singleVoidDiscount
    case listedAccount, listedSlot, listedFirstWrite, listedWarmAccount

    /// Where the model has it.
    public var path: WritableKeyPath<PokeGasModel, Gas> {
        switch self {
        case .megaPokerBase: \.megaPokerBase
        case .tooEarly: \.tooEarly
        case .due: \.due
        case .sourceInvalid: \.sourceInvalid
        case .sourceReverts: \.sourceReverts
        case .stoppedDiscount: \.stoppedDiscount
        case .change: \.change
        case .zeroToValue: \.zeroToValue
        case .clearRefund: \.clearRefund
        case .spot: \.spot
        case .firstOfOracle: \.firstOfOracle
        case .firstSpot: \.firstSpot
        case .voidDiscount: \.voidDiscount
        case .tail: \.tail
        case .dailyBlock: \.dailyBlock
        case .multicallBase: \.multicallBase
        case .multicallDue: \.multicallDue
        case .multicallIdle: \.multicallIdle
        case .multicallSpot: \.multicallSpot
        case .multicallFirstSpot: \.multicallFirstSpot
        case .multicallFirstOfOracle: \.multicallFirstOfOracle
        case .multicallColdOracle: \.multicallColdOracle
        case .multicallLetter: \.multicallLetter
        case .singleTooEarly: \.singleTooEarly
        case .singleDue: \.singleDue
        case .singleInvalid: \.singleInvalid
        case .singleSpot: \.singleSpot
        case .singleVoidDiscount: \.singleVoidDiscount
        case .listedAccount: \.listedAccount
        case .listedSlot: \.listedSlot
        case .listedFirstWrite: \.listedFirstWrite
        case .listedWarmAccount: \.listedWarmAccount
        }
    }

    /// For people, in a few words.
    public var meaning: String {
        switch self {
        case .megaPokerBase: "MegaPoker: transaction, calldata, dispatcher"
        case .tooEarly: "MegaPoker: an OSM whose hour has not come"
        case .due: "MegaPoker: above tooEarly, an OSM that advances and changes no price"
        case .sourceInvalid: "MegaPoker: above tooEarly, an OSM whose source has no value"
        case .sourceReverts: "MegaPoker: above tooEarly, an OSM whose source reverts"
        case .stoppedDiscount: "below tooEarly and singleTooEarly, an OSM that is stopped"
        case .change: "a storage word from one value to another, against no change"
        case .zeroToValue: "a storage word from zero to a value, against no change"
        case .clearRefund: "refund for a storage word that becomes zero"
        case .spot: "MegaPoker: one more ilk, spot unchanged"
        case .firstOfOracle: "MegaPoker: the first ilk of each oracle, above spot"
        case .firstSpot: "MegaPoker: the first ilk, above spot"
        case .voidDiscount: "MegaPoker: below spot, an ilk whose feed has no price"
        case .tail: "MegaPoker: what its last call needs beyond what it uses"
        case .dailyBlock: "the daily block of a MegaPoker of before 2026"
        case .multicallBase: "Multicall3: transaction, array header, loop"
        case .multicallDue: "Multicall3: an OSM that advances and changes no price"
        case .multicallIdle: "Multicall3: an OSM without effect, above its cost in the MegaPoker"
        case .multicallSpot: "Multicall3: one more ilk, name of five letters, spot unchanged"
        case .multicallFirstSpot: "Multicall3: the first ilk, above multicallSpot"
        case .multicallFirstOfOracle: "Multicall3: the first ilk of each oracle, above multicallSpot"
        case .multicallColdOracle: "Multicall3: the first ilk of an oracle that is not poked along, on top"
        case .multicallLetter: "calldata of one more letter in an ilk's name"
        case .singleTooEarly: "OSM.poke alone, hour not come"
        case .singleDue: "OSM.poke alone: above singleTooEarly, it advances and changes no price"
        case .singleInvalid: "OSM.poke alone: above singleTooEarly, its source has no value"
        case .singleSpot: "Spotter.poke alone, name of five letters, spot unchanged"
        case .singleVoidDiscount: "Spotter.poke alone: below singleSpot, the feed has no price"
        case .listedAccount: "what an account in an access list saves"
        case .listedSlot: "what a slot in an access list saves"
        case .listedFirstWrite: "what a slot in an access list saves more that is written before it is read"
        case .listedWarmAccount: "what the called account costs in an access list"
        }
    }
}

extension PokeGasModel {
    public subscript(_ parameter: PokeGasParameter) -> Gas {
        get { self[keyPath: parameter.path] }
        set { self[keyPath: parameter.path] = newValue }
    }

    /// The most that a parameter may be: above every block's gas divided by what a poke has of anything.
    public static let most: Gas = 10_000_000

    /// Discounts with what they are taken from: more than that they must not be.
    public static let discounts: [(discount: PokeGasParameter, from: PokeGasParameter)] = [
        (.stoppedDiscount, .tooEarly), (.stoppedDiscount, .singleTooEarly), (.voidDiscount, .spot),
        (.singleVoidDiscount, .singleSpot),
    ]

    /// Whether every parameter can be used: none above `most`, no discount above what it is taken from.
    public var isUsable: Bool {
        PokeGasParameter.allCases.allSatisfy { self[$0] <= Self.most }
            && Self.discounts.allSatisfy { self[$0.discount] <= self[$0.from] }
    }
}
