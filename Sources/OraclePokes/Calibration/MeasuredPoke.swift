public import EthPrimitives

/// A poke whose receipt is known and whose branch is certain.
public struct MeasuredPoke: Sendable, Hashable {
    /// The recording that it is from.
    public var recording: String
    public var block: UInt64
    public var transaction: TransactionHash
    public var plan: PokePlan
    public var effects: PokeEffects
    /// As in the receipt.
    public var gasUsed: Gas

    public init(
        recording: String, block: UInt64, transaction: TransactionHash, plan: PokePlan, effects: PokeEffects, gasUsed: Gas
    ) {
        self.recording = recording
        self.block = block
        self.transaction = transaction
        self.plan = plan
        self.effects = effects
        self.gasUsed = gasUsed
    }

    /// The most that a receipt is believed to have used: far above every block's gas.
    static let mostGas: Gas = 1 << 32

    /// What it used beyond what a model says; negative if less.
    func difference(from model: PokeGasModel) -> Int { Int(min(gasUsed, Self.mostGas)) - Int(predicted(by: model)) }

    func predicted(by model: PokeGasModel) -> Gas { min(model.gas(of: plan, effects).used, Self.mostGas) }

    /// The branch for people: which oracles do what, and how many spots change.
    var branch: String {
        let isWhole = plan.method == .megaPoker
        let oracles = effects.oracles.filter { isWhole || plan.oracles.contains($0.name) }
        let spots = effects.spots.filter { isWhole || plan.ilks.contains($0.ilk) }
        var parts = [plan.method == .megaPoker ? "MegaPoker" : plan.method == .multicall ? "Multicall3" : "single call"]
        var titles: [String] = []
        for title in oracles.map({ Self.title($0.branch) }) where !titles.contains(title) { titles.append(title) }
        for title in titles.sorted() {
            let names = oracles.filter { Self.title($0.branch) == title }.map(\.name)
            let isAll = names.count == oracles.count && names.count > 1
            parts.append("\(title): \(isAll ? "all \(names.count)" : names.joined(separator: " "))")
        }
        if !spots.isEmpty { parts.append("\(spots.count(where: \.changes)) of \(spots.count) spots change") }
        for (change, title) in [(PokeEffects.StoreChange.zeroToValue, "from zero"), (.valueToZero, "to zero")] {
            let count = spots.count { $0.change == change }
            if count > 0 { parts.append("\(count) \(title)") }
        }
        return parts.joined(separator: " · ")
    }

    private static func title(_ branch: PokeEffects.OracleBranch) -> String {
        switch branch {
        case .stopped: "stopped"
        case .tooEarly: "early"
        case .sourceReverts: "source reverts"
        case .sourceInvalid: "source invalid"
        case .effective(let current, let next):
            switch (title(current, "cur"), title(next, "nxt")) {
            case (let current?, let next?): "due, \(current) and \(next) change"
            case (let one?, nil), (nil, let one?): "due, \(one) changes"
            case (nil, nil): "due, no change"
            }
        }
    }

    private static func title(_ change: PokeEffects.StoreChange, _ name: String) -> String? {
        switch change {
        case .unchanged: nil
        case .changed: name
        case .zeroToValue: "\(name) (from zero)"
        case .valueToZero: "\(name) (to zero)"
        }
    }
}

/// Why a poke's receipt says nothing about the model.
public enum UnusablePoke: String, Sendable, Hashable, CaseIterable, Error {
    case failed
    case shared
    case unknownFacts = "unknown-facts"
    case acrossHours = "across-hours"
    case starved
    case otherState = "other-state"
    case foreignCalls = "foreign-calls"
    case absurdGas = "absurd-gas"

    /// For people.
    public var reason: String {
        switch self {
        case .failed: "failed: status 0"
        case .shared: "another transaction touched the same contracts between the same two heads"
        case .unknownFacts: "the facts before it are not in the recording"
        case .acrossHours: "mined between two heads with an hour's beginning between them"
        case .starved: "an effect is missing: an inner call starved, or its source changed meanwhile"
        case .otherState: "what it left is not what the facts before it lead to"
        case .foreignCalls: "Multicall3 called by another account: what else it called is not known"
        case .absurdGas: "more gas than any block has"
        }
    }
}
