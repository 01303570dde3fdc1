import EthPrimitives
import KeeperTransactions

/// The conditions of one run, drawn from its seed.
struct Scenario: Sendable {
    let kind: SimulationKind
    let nodes: Int
    let targets: Int
    /// Blocks of an epoch.
    let epochLength: UInt64
    /// Blocks until the world calms.
    let stormBlocks: UInt64
    let policy: TransactionPolicy
    let fees: FeeStrategy
    /// Wei of the account at the start.
    let balance: UInt64
    /// Wei per gas: the base fee, or the going price on a chain without, at the start.
    let price: UInt64
    /// Whether the day's cap may stop what is wished: then a day passes before the world calms.
    let isDayTight: Bool
    let faults: Faults
    /// Thousandths of the crashes after which the store is empty.
    let storeLoss: Int
    /// Blocks that a pool keeps a transaction.
    let poolLifetime: UInt64
    /// Whether nodes show what waits behind a gap.
    let showsQueues: Bool
    /// Where intents say that their effect shows.
    let evidence: Evidence

    enum Evidence: Sendable { case log, word, both }

    /// Blocks after which one is final: the world reorganises no deeper.
    static let finality: UInt64 = 12
    static let blockTime: UInt64 = 12
    static let gwei: UInt64 = 1_000_000_000
    static let account = Address(lowBytesOf: B256(number: 7, tag: 1))
    static let target = Address(lowBytesOf: B256(number: 8, tag: 1))
    static let topic = B256(number: 9, tag: 1)

    init(_ kind: SimulationKind, _ dice: inout Dice) {
        self.kind = kind
        nodes = dice.from(1, to: 3)
        targets =
            switch kind {
            case .wide: dice.from(2, to: 6)
            case .shared, .storeLost: dice.from(1, to: 4)
            case .standard, .market, .legacy: dice.from(1, to: 2)
            }
        epochLength = UInt64(dice.from(15, to: 35))
        stormBlocks = UInt64(dice.happens(100) ? dice.from(100, to: 250) : dice.from(40, to: 80))
        let cap = UInt64(dice.from(20, to: 60)) * Self.gwei
        isDayTight = dice.happens(500)
        var policy = TransactionPolicy(
            maxFeePerGas: Wei(small: cap), maxGasLimit: 300_000,
            maxSpendPerTransaction: Wei(small: cap * UInt64(dice.from(150, to: 300)) * 1000),
            maxSpendPerDay: Wei(small: cap * UInt64(isDayTight ? dice.from(150, to: 900) : 100_000) * 1000))
        policy.bumpAfterBlocks = UInt64(dice.from(1, to: 3))
        policy.confirmations = UInt64(dice.from(1, to: 4))
        policy.maxInFlight =
            switch kind {
            case .wide: dice.from(2, to: dice.happens(700) ? 6 : 16)
            case .shared: dice.from(1, to: 4)
            case .storeLost: dice.from(1, to: 3)
            case .standard, .market, .legacy: 1
            }
        showsQueues = dice.happens(500)
        poolLifetime = UInt64(dice.from(5, to: 18))
        policy.adoptionQuietBlocks = showsQueues ? 8 : 20
        policy.adoptionPatience = 40
        self.policy = policy
        fees = FeeStrategy(
            tipFloor: Wei(small: 10_000_000), blocksAhead: dice.from(1, to: 6), isLegacy: kind == .legacy)
        balance = dice.happens(200) ? cap * UInt64(dice.from(200, to: 600)) * 1000 : 1_000_000_000 * Self.gwei
        price = kind == .market ? cap / UInt64(dice.from(1, to: 4)) : UInt64(dice.from(200, to: 15_000)) * 1_000_000
        faults = Faults(&dice, kind)
        storeLoss = kind == .storeLost ? 500 : 0
        evidence = dice.happens(500) ? .log : dice.happens(500) ? .word : .both
    }
}

extension Scenario {
    /// What a slot's intent calls: a selector of its own.
    static func callData(_ slot: Int) -> [UInt8] { [UInt8(slot), 0, 0, 0] }

    /// All that intents call.
    static let callable: [Address: Set<Selector>] = [target: Set((0..<64).compactMap { Selector(callData($0)) })]
}

extension B256 {
    /// A hash that stands for a number: no two numbers and tags have the same.
    init(number: UInt64, tag: UInt8) {
        self.init()
        self[0] = tag
        for index in 0..<8 { self[31 - index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index))) }
    }
}

extension Wei {
    /// From a world in which all amounts fit 64 bits.
    init(small amount: UInt64) { self.init(UInt256(amount)) }

    /// What does not fit is more than the world has.
    var small: UInt64 { rawValue.asUInt64 ?? .max }
}
