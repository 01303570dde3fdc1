public import EthPrimitives

/// What finally became of an intent's try: beyond any reorganisation, exactly one for each key.
public enum IntentOutcome: Codable, Sendable, Hashable {
    /// Mined, and everything that the intent states is in the receipt and in the state after its block.
    case minedWithEffect(Mined)
    /// Mined, but to no or not the whole effect.
    case minedWithoutEffect(Mined, Shortfall)
    /// Not mined: nobody wanted it any more, and its deadline had passed.
    case expired
    /// Not mined: it was taken back by an operator, or no node can take it.
    case cancelled(CancelCause)
    /// Not mined: what it wished was true before its deadline without it.
    case satisfiedByOther

    /// The facts of the mined form.
    public struct Mined: Codable, Sendable, Hashable {
        public var hash: TransactionHash
        public var block: UInt64
        public var gasUsed: Gas
        /// Gas used × effective price.
        public var cost: Wei

        public init(hash: TransactionHash, block: UInt64, gasUsed: Gas, cost: Wei) {
            self.hash = hash
            self.block = block
            self.gasUsed = gasUsed
            self.cost = cost
        }
    }

    /// Why a mined transaction counts as without effect.
    public enum Shortfall: Codable, Sendable, Hashable {
        /// Status 0.
        case reverted
        /// Status 0, and all gas is used: starved.
        case outOfGas
        /// Status 1, but these effects are neither in its logs nor in storage.
        case missing([String])
        /// Status 1, and nothing is known to be missing; but nobody read these effects in storage before the nodes forgot the state.
        case unverified([String])
    }

    /// Whether a form of the intent itself was mined.
    public var isMined: Bool {
        switch self {
        case .minedWithEffect, .minedWithoutEffect: true
        case .expired, .cancelled, .satisfiedByOther: false
        }
    }
}

/// Why a nonce is given away to a transaction to oneself.
public enum CancelCause: Codable, Sendable, Hashable {
    /// The wish is gone and its deadline has passed.
    case expired
    /// The wish is gone before its deadline: somebody else fulfilled it.
    case satisfiedByOther
    /// An operator takes it back.
    case ordered
    /// Nodes refuse the intent's form for good.
    case unsendable

    /// The outcome when the cancel is mined.
    var outcome: IntentOutcome {
        switch self {
        case .expired: .expired
        case .satisfiedByOther: .satisfiedByOther
        case .ordered, .unsendable: .cancelled(self)
        }
    }
}
