import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperTransactions
import OraclePokes
import Testing

@testable import Poker

/// Snapshots by hand, and what the poker decides on them: no node.
struct DecisionBench {
    /// Start of a slot.
    static let slot: UInt64 = 1_700_002_800
    static let contracts = PokeContracts(
        megaPoker: address(1), multicall: address(2), spotter: address(3), vat: address(4))
    private static let ray: UInt256 = 1_000_000_000_000_000_000_000_000_000

    var keeper: PokerKeeper
    var memory = PokerMemory()

    init(skips: Bool = false, patience: UInt64 = 0, choice: PlanChoice = .cheapest, isExact: Bool = false) {
        let rules = PokerRules(
            isBackup: false, backupAfter: 300, deadline: 300, maxAttemptsPerSlot: 3, gasLimitMargin: 8, maxGasLimit: 1_500_000,
            fees: FeePolicy(maxFeePerGas: .gwei(100), minPriorityFeePerGas: .gwei(1)),
            planner: PokePlanner(
                choice: choice, skipsDeadIlks: true, skipsUnchangedSpots: true, skipsUnchangedSources: skips, hasMulticall: true,
                isExact: isExact, gas: PokeGasModel()),
            hasDailyBlock: false, windowBefore: 120, idleInterval: 60, patience: FeePatience(seconds: patience))
        keeper = PokerKeeper(
            name: "poker", rules: rules, targets: PokerTargets(contracts: Self.contracts, oracles: [], ilks: []), sender: nil,
            simulation: nil)
    }

    static func address(_ number: UInt8) -> Address { Address(lowBytesOf: Keccak256.hash([number])) }

    /// Prices in wad units; the slot that was poked last.
    static func oracle(_ name: String, _ current: UInt64, _ next: UInt64, source: UInt64, zzz: UInt64) -> OracleFacts {
        func word(_ value: UInt64) -> B256 { (UInt256(value) | UInt256(1) &<< 128).bigEndianBytes }
        return OracleFacts(
            name: name, address: address(UInt8(name.utf8.count) &+ (name.utf8.last ?? 0)), stopped: B256(),
            packed: (UInt256(3_600) &<< 160 | UInt256(zzz) &<< 176).bigEndianBytes, current: word(current), next: word(next),
            sourceReading: .valid(UInt256(source)))
    }

    static func snapshot(_ oracles: [OracleFacts], at time: UInt64, baseFee: UInt64 = 10, recent: [UInt64]? = nil)
        -> PokerSnapshot
    {
        let head = BlockHeader(
            number: time / 12, hash: UInt256(time).bigEndianBytes, parentHash: B256(), timestamp: time, gasLimit: 60_000_000,
            gasUsed: 0, baseFeePerGas: .gwei(baseFee))
        let ilks = oracles.map { oracle in
            IlkFacts(
                name: oracle.name + "-A", pip: oracle.address, oracle: oracle.name, mat: ray, art: 1,
                spot: IlkFacts.spot(for: oracle.current, par: ray, mat: ray) ?? .zero, line: 1)
        }
        var snapshot = PokerSnapshot(head: head, facts: PokeFacts(oracles: oracles, ilks: ilks, par: ray))
        snapshot.fees = FeeFacts(
            baseFeePerGas: .gwei(baseFee), rewards: [.gwei(1)], baseFees: recent.map { $0.map { .gwei($0) } })
        return snapshot
    }

    mutating func decide(_ snapshot: PokerSnapshot) -> (intent: TransactionIntent?, notes: [Note]) {
        let decision = keeper.decide(snapshot, &memory)
        let intents = decision.actions.compactMap { if case .transact(let intent) = $0 { intent } else { nil } }
        return (intents.first, decision.notes)
    }
}

extension [Note] {
    /// Subjects of the notes with a code.
    func subjects(_ code: String) -> [String] { filter { $0.code == code }.compactMap(\.subject) }
}
