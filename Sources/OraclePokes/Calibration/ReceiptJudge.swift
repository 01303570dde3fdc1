import EthContracts
import EthPrimitives
import EthRPC

/// Finds the branch that a poke took, and refuses where it is not certain: facts of the head before, the receipt's logs and the oracles as they
/// stood afterwards must tell the same.
struct ReceiptJudge {
    var contracts: PokeContracts
    /// Whose calls of Multicall3 hold nothing but what shows in the logs.
    var ownAddress: Address?
    /// Complete facts at the head before.
    var before: PokeFacts
    /// The oracles at the head that has the poke's block, or comes after it.
    var after: [OracleFacts]
    /// The time of the poke's block; the earliest and the latest where it is not recorded.
    var times: ClosedRange<UInt64>

    /// - Throws: why it says nothing.
    func measured(_ receipt: Receipt, recording: String) throws(UnusablePoke) -> MeasuredPoke {
        guard receipt.gasUsed <= MeasuredPoke.mostGas else { throw .absurdGas }
        let method = method(of: receipt)
        if method == .multicall, receipt.from != ownAddress { throw .foreignCalls }
        var facts = before
        var held: Set<String> = []
        for index in facts.oracles.indices {
            let oracle = facts.oracles[index]
            let logs = receipt.logs.filter { $0.address == oracle.address }
            let isPoked = method == .megaPoker || !logs.isEmpty
            facts.oracles[index].sourceReading = try reading(oracle, logs, isPoked: isPoked)
            if !isPoked { held.insert(oracle.name) }
        }
        let effects = facts.effects(at: times.upperBound, holding: held)
        var ilks: [String] = []
        for spot in effects.spots {
            guard let written = Self.spot(of: spot.ilk, receipt.logs, contracts) else {
                if method == .megaPoker { throw .starved }
                continue
            }
            guard spot.change != nil, spot.value == written else { throw .otherState }
            ilks.append(spot.ilk)
        }
        let oracles = effects.oracles.filter { method == .megaPoker ? $0.isEffective : !held.contains($0.name) }.map(\.name)
        let gas = PokeGas(used: receipt.gasUsed, needed: receipt.gasUsed)
        return MeasuredPoke(
            recording: recording, block: receipt.blockNumber, transaction: receipt.transactionHash,
            plan: PokePlan(method: method, oracles: oracles, ilks: ilks, gas: gas), effects: effects,
            gasUsed: receipt.gasUsed)
    }

    private func method(of receipt: Receipt) -> PokeMethod {
        switch receipt.to {
        case contracts.megaPoker: .megaPoker
        case contracts.multicall: .multicall
        default: .single
        }
    }

    /// What the source said to an oracle: what it advanced to, where it did.
    private func reading(_ oracle: OracleFacts, _ logs: [Log], isPoked: Bool) throws(UnusablePoke) -> SourceReading {
        guard let now = after.first(where: { $0.name == oracle.name }) else { throw .unknownFacts }
        let isDue = oracle.isDue(at: times.upperBound)
        if isDue != oracle.isDue(at: times.lowerBound) { throw .acrossHours }
        guard now.isStopped == oracle.isStopped, now.source == oracle.source else { throw .otherState }
        if let log = logs.first(where: { $0.topics.first == OSM.LogValueEvent.topic0 }) {
            // A log that is not of the OSM's form is not one of a poke.
            guard let event = try? OSM.LogValueEvent(topics: log.topics, data: log.data) else { throw .otherState }
            guard isDue, now.zzz > oracle.zzz, now.current == oracle.next, now.next.isValid,
                UInt256(bigEndian: event.val) == oracle.next.value
            else { throw .otherState }
            return .valid(now.next.value)
        }
        guard now.zzz == oracle.zzz, now.current == oracle.current, now.next == oracle.next else { throw .otherState }
        guard isDue, isPoked else {
            if !isDue, !logs.isEmpty { throw .otherState }
            return oracle.sourceReading
        }
        // A poke without a value leaves a note; one that reverts, or starves, leaves nothing.
        switch (oracle.sourceReading, logs.isEmpty) {
        case (.invalid, false), (.reverts, true): return oracle.sourceReading
        case (.unread, _): throw .unknownFacts
        default: throw .starved
        }
    }

    /// The spot that was written for a collateral type; `nil` if its log is missing.
    private static func spot(of ilk: String, _ logs: [Log], _ contracts: PokeContracts) -> UInt256? {
        guard let name = B256(ascii: ilk) else { return nil }
        return SpotWrite.all(logs, contracts.spotter).last { $0.ilk == name }?.spot
    }
}

/// A spot that `Spotter.poke` wrote, by its log.
struct SpotWrite {
    var ilk: B256
    var spot: UInt256

    static func all(_ logs: [Log], _ spotter: Address) -> [Self] {
        logs.filter { $0.address == spotter && $0.topics.first == Spotter.PokeEvent.topic0 }.compactMap { log in
            // A log that is not of the Spotter's form tells no spot.
            (try? Spotter.PokeEvent(topics: log.topics, data: log.data)).map { Self(ilk: $0.ilk, spot: $0.spot) }
        }
    }
}
