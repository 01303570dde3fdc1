import OraclePokes

/// What became of a slot, the worst first: a letter and a colour in the strip, never the colour alone.
enum SlotOutcome: CaseIterable {
    case late
    case starved
    case failed
    case lostRace
    case several
    case megaPoker
    case multicall
    case other
    case none

    init(_ slot: SlotResult) {
        if slot.isLate {
            self = .late
        } else if slot.pokes.contains(where: { $0.fate == .starved }) {
            self = .starved
        } else if slot.pokes.contains(where: { $0.fate == .failed }) {
            self = .failed
        } else if slot.pokes.contains(where: { $0.fate == .late }) {
            self = .lostRace
        } else if slot.pokes.count > 1 {
            self = .several
        } else if let poke = slot.pokes.first {
            self = poke.method == .megaPoker ? .megaPoker : poke.method == .multicall ? .multicall : .other
        } else {
            self = .none
        }
    }

    var letter: Character {
        switch self {
        case .late: "L"
        case .starved: "S"
        case .failed: "F"
        case .lostRace: "R"
        case .several: "2"
        case .megaPoker: "M"
        case .multicall: "C"
        case .other: "1"
        case .none: "·"
        }
    }

    /// The class that its colour goes by.
    var style: String {
        switch self {
        case .late: "oL"
        case .starved: "oS"
        case .failed: "oF"
        case .lostRace: "oR"
        case .several: "o2"
        case .megaPoker: "oM"
        case .multicall: "oC"
        case .other: "o1"
        case .none: "oN"
        }
    }

    var title: String {
        switch self {
        case .late: "a deadline was missed"
        case .starved: "an inner call had no gas"
        case .failed: "the transaction failed"
        case .lostRace: "somebody else was first"
        case .several: "several transactions"
        case .megaPoker: "MegaPoker"
        case .multicall: "Multicall3"
        case .other: "single call"
        case .none: "not poked"
        }
    }
}
