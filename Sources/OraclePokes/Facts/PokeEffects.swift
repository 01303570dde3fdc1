public import EthPrimitives

/// The branch that a poke takes at a time: what each oracle does and which spots change.
public struct PokeEffects: Sendable, Hashable {
    public enum OracleBranch: Sendable, Hashable {
        case stopped
        case tooEarly
        /// The source reverts, and so does the poke.
        case sourceReverts
        /// The source has no value: nothing happens, and the oracle stays due.
        case sourceInvalid
        case effective(current: StoreChange, next: StoreChange)
    }

    /// What a storage write costs depends on what it replaces.
    public enum StoreChange: Sendable, Hashable {
        case unchanged, changed, zeroToValue, valueToZero

        init(from old: UInt256, to new: UInt256) {
            self = old == new ? .unchanged : old == .zero ? .zeroToValue : new == .zero ? .valueToZero : .changed
        }

        init(_ old: Reading, _ new: Reading) {
            func packed(_ reading: Reading) -> UInt256 { reading.value | (reading.isValid ? UInt256(1) &<< 128 : .zero) }
            self.init(from: packed(old), to: packed(new))
        }
    }

    public struct Oracle: Sendable, Hashable {
        public var name: String
        public var branch: OracleBranch

        public var isEffective: Bool {
            if case .effective = branch { true } else { false }
        }

        /// Whether a poke would change nothing but `zzz`: source, next and current price are the same, and valid.
        public var isIdle: Bool { branch == .effective(current: .unchanged, next: .unchanged) }
    }

    public struct Spot: Sendable, Hashable {
        public var ilk: String
        public var oracle: String?
        public var isDead: Bool
        /// The feed has no valid price: the spot becomes zero.
        public var isVoid: Bool
        /// `nil` where the new spot cannot be told, because the feed is none of the configured oracles.
        public var change: StoreChange?
        /// The spot afterwards, ray; `nil` where it cannot be told.
        public var value: UInt256?

        public var changes: Bool { change != .unchanged }
    }

    public var oracles: [Oracle]
    public var spots: [Spot]
    public var runsDailyBlock: Bool

    init(of facts: PokeFacts, at time: UInt64, holding: Set<String> = []) {
        oracles = facts.oracles.map {
            Oracle(name: $0.name, branch: holding.contains($0.name) ? .tooEarly : Self.branch(of: $0, at: time))
        }
        runsDailyBlock = facts.runsDailyBlock(at: time)
        spots = facts.ilks.map { ilk in
            var spot = Spot(ilk: ilk.name, oracle: ilk.oracle, isDead: ilk.isDead, isVoid: false, change: nil, value: nil)
            guard let oracle = facts.oracle(ilk.oracle) else { return spot }
            let isPoked = oracle.isDue(at: time) && oracle.sourceReading.value != nil && !holding.contains(oracle.name)
            let after = isPoked ? oracle.next : oracle.current
            spot.isVoid = !after.isValid
            spot.value = IlkFacts.spot(for: after, par: facts.par, mat: ilk.mat)
            spot.change = spot.value.map { StoreChange(from: ilk.spot, to: $0) }
            return spot
        }
    }

    private static func branch(of oracle: OracleFacts, at time: UInt64) -> OracleBranch {
        if oracle.isStopped { return .stopped }
        guard oracle.isDue(at: time) else { return .tooEarly }
        switch oracle.sourceReading {
        case .reverts: return .sourceReverts
        case .invalid, .unread: return .sourceInvalid
        case .valid(let value):
            return .effective(
                current: StoreChange(oracle.current, oracle.next),
                next: StoreChange(oracle.next, Reading(value: value, isValid: true)))
        }
    }
}

extension PokeFacts {
    /// What a poke of every oracle that is due and valid changes at a time.
    public func effects(at time: UInt64) -> PokeEffects { PokeEffects(of: self, at: time) }

    /// The same with some oracles left alone, as if their hour had not come: what a plan changes that does not poke them.
    public func effects(at time: UInt64, holding names: Set<String>) -> PokeEffects {
        PokeEffects(of: self, at: time, holding: names)
    }
}
