import EthEVM
import EthPrimitives
import OraclePokes

/// The oracles and spots as one strategy would have left them, and what else changed in the contracts from outside.
struct StudyWorld: Sendable {
    let scenario: PokeScenario
    var facts: PokeFacts
    /// Storage that changed from outside, what the facts say apart.
    private var outside: [Address: [UInt256: UInt256]] = [:]

    /// Reads the facts from the contracts as a keeper does.
    /// - Throws: `ScenarioError` if they do not answer.
    init(_ scenario: PokeScenario) throws(ScenarioError) {
        self.scenario = scenario
        facts = try FactReader(scenario).facts
    }

    /// All storage that differs from the scenario's beginning, as far as it can.
    var storage: [Address: [UInt256: UInt256]] {
        var storage = outside
        for oracle in facts.oracles {
            storage[oracle.address, default: [:]].merge(OracleWords(oracle).words) { $1 }
        }
        for (ilk, known) in zip(facts.ilks, scenario.ilks) {
            storage[scenario.contracts.vat, default: [:]][known.spotSlot] = ilk.spot
        }
        return storage
    }

    /// Something happens from outside, other than a transaction.
    mutating func take(_ event: PokeScenario.Event) {
        switch event {
        case .source(let index, let reading, let writes):
            facts.oracles[index].sourceReading = reading
            outside[facts.oracles[index].source, default: [:]].merge(writes) { $1 }
        case .writes(let account, let writes): write(writes, to: account)
        case .transaction: break
        }
    }

    /// Takes in what a transaction changed.
    mutating func apply(_ changes: StateChanges) {
        for (account, change) in changes.accounts where !change.storage.isEmpty { write(change.storage, to: account) }
    }

    /// Changes storage, and the facts that stand there.
    private mutating func write(_ words: [UInt256: UInt256], to account: Address) {
        outside[account, default: [:]].merge(words) { $1 }
        if let index = facts.oracles.firstIndex(where: { $0.address == account }) {
            OracleWords.take(words, into: &facts.oracles[index])
        }
        guard account == scenario.contracts.vat else { return }
        for index in facts.ilks.indices {
            if let spot = words[scenario.ilks[index].spotSlot] { facts.ilks[index].spot = spot }
        }
    }

    /// Carries out a plan at a time: what is due and valid advances, then the plan's spots follow.
    /// - Returns: indices of the oracles that advanced.
    mutating func poke(_ plan: PokePlan, at time: UInt64) -> [Int] {
        let (after, advanced) = Self.poked(facts, plan, at: time)
        facts = after
        return advanced
    }

    /// The facts after a plan was carried out in full, and the indices of the oracles that advanced.
    static func poked(_ facts: PokeFacts, _ plan: PokePlan, at time: UInt64) -> (facts: PokeFacts, advanced: [Int]) {
        let isWhole = plan.method == .megaPoker
        var after = facts
        var advanced: [Int] = []
        for (index, oracle) in facts.oracles.enumerated() where isWhole || plan.oracles.contains(oracle.name) {
            guard oracle.isDue(at: time), let value = oracle.sourceReading.value else { continue }
            after.oracles[index] = oracle.poked(at: time, source: value)
            advanced.append(index)
        }
        for (index, ilk) in facts.ilks.enumerated() where isWhole || plan.ilks.contains(ilk.name) {
            guard let feed = after.oracle(ilk.oracle),
                let spot = IlkFacts.spot(for: feed.current, par: facts.par, mat: ilk.mat)
            else { continue }
            after.ilks[index].spot = spot
        }
        return (after, advanced)
    }
}

/// The storage of an OSM (makerdao/osm): slot 1 stopped, 2 src, hop and zzz, 3 cur, 4 nxt.
struct OracleWords {
    let words: [UInt256: UInt256]

    init(_ oracle: OracleFacts) {
        func packed(_ reading: Reading) -> UInt256 { reading.value | (reading.isValid ? UInt256(1) &<< 128 : .zero) }
        let source = UInt256(bigEndianBytes: oracle.source.bytes) ?? .zero
        words = [
            1: oracle.isStopped ? 1 : .zero, 2: source | UInt256(oracle.hop) &<< 160 | UInt256(oracle.zzz) &<< 176,
            3: packed(oracle.current), 4: packed(oracle.next),
        ]
    }

    /// Takes over what is in those slots; the source's reading stays.
    static func take(_ words: [UInt256: UInt256], into oracle: inout OracleFacts) {
        var all = OracleWords(oracle).words
        for slot in all.keys { if let word = words[slot] { all[slot] = word } }
        func word(_ slot: UInt256) -> B256 { (all[slot] ?? .zero).bigEndianBytes }
        oracle = OracleFacts(
            name: oracle.name, address: oracle.address, stopped: word(1), packed: word(2), current: word(3), next: word(4),
            sourceReading: oracle.sourceReading)
    }
}
