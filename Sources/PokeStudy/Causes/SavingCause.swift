/// Why a slot cost less, or more, than the baseline's: a closed list. The parts of a slot sum exactly to its difference, in gas and in wei.
public enum SavingCause: String, Sendable, CaseIterable, Codable {
    case notNeeded = "not-needed"
    case unchangedSpots = "unchanged-spots"
    case deadIlks = "dead-ilks"
    case idleOracles = "idle-oracles"
    case unchangedSources = "unchanged-sources"
    case transport
    case separateTransactions = "separate-transactions"
    case accessList = "access-list"
    case timing
    case tip
    case gasLimit = "gas-limit"
    case feeCap = "fee-cap"
    case dailyBlock = "daily-block"
    case redeployment
    case failures
    case lostRaces = "lost-races"

    /// The letter by which reports and the documentation name it.
    public var letter: Character {
        switch self {
        case .notNeeded: "A"
        case .unchangedSpots: "B"
        case .deadIlks: "C"
        case .idleOracles: "D"
        case .unchangedSources: "E"
        case .transport: "F"
        case .separateTransactions: "G"
        case .accessList: "H"
        case .timing: "I"
        case .tip: "J"
        case .gasLimit: "K"
        case .feeCap: "L"
        case .dailyBlock: "M"
        case .redeployment: "N"
        case .failures: "O"
        case .lostRaces: "P"
        }
    }

    /// For people.
    public var title: String {
        switch self {
        case .notNeeded: "others were first, or no oracle could advance"
        case .unchangedSpots: "spots that would not change, not poked"
        case .deadIlks: "dead ilks (no debt, no ceiling) not poked"
        case .idleOracles: "oracles that could not advance, not poked"
        case .unchangedSources: "oracles whose source did not change, not poked"
        case .transport: "Multicall3 or a single call instead of the MegaPoker"
        case .separateTransactions: "more than one transaction in a slot"
        case .accessList: "access list"
        case .timing: "another moment of the slot: its base fee and state"
        case .tip: "priority fee"
        case .gasLimit: "gas limit (reserve only)"
        case .feeCap: "fee cap (reserve only)"
        case .dailyBlock: "daily block"
        case .redeployment: "a MegaPoker without dead entries"
        case .failures: "transactions that failed or starved"
        case .lostRaces: "transactions after somebody else's poke"
        }
    }
}
