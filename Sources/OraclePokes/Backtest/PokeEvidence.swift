import EthContracts
import EthPrimitives
import EthRPC

/// What receipts and logs prove about other people's pokes.
struct PokeEvidence: Sendable {
    /// Oracles and collateral types that a successful transaction should have reached and did not: starved inner calls.
    private(set) var starved: Set<String> = []
    /// Collateral types whose spot somebody wrote; `nil` where nothing is known.
    private(set) var reached: Set<String>?
    /// Who sent transactions that advanced an oracle.
    private(set) var pokers: Set<Address> = []

    /// - Parameters:
    ///   - before: the facts at the head before, with their sources.
    ///   - time: unix seconds of the newest of these blocks.
    init(_ evidence: [BlockEvidence], before: PokeFacts, contracts: PokeContracts, time: UInt64) {
        // What one transaction reached, the next need not reach again.
        var touched: Set<Address> = []
        for block in evidence {
            let logs = block.receipts.flatMap(\.logs) + block.logs
            touched.formUnion(logs.map(\.address))
            addReached(logs, before, contracts)
            for receipt in block.receipts {
                if receipt.logs.contains(where: { $0.topics.first == OSM.LogValueEvent.topic0 }) { pokers.insert(receipt.from) }
                guard receipt.succeeded, receipt.to == contracts.megaPoker else { continue }
                addMissingSpots(receipt, before, contracts)
                for oracle in before.oracles where oracle.isDue(at: time) && oracle.sourceReading != .reverts {
                    // A poke without a value leaves a note; one that starved leaves nothing.
                    if !touched.contains(oracle.address) { starved.insert(oracle.name) }
                }
            }
        }
    }

    private mutating func addReached(_ logs: [Log], _ before: PokeFacts, _ contracts: PokeContracts) {
        let names = before.ilks.filter { ilk in
            guard let name = B256(ascii: ilk.name) else { return false }
            return logs.contains { Self.isPoke($0, of: name, contracts) }
        }.map(\.name)
        reached = (reached ?? []).union(names)
    }

    private static func isPoke(_ log: Log, of name: B256, _ contracts: PokeContracts) -> Bool {
        log.address == contracts.spotter && log.topics.first == Spotter.PokeEvent.topic0 && log.data.starts(with: name.bytes)
    }

    private mutating func addMissingSpots(_ receipt: Receipt, _ before: PokeFacts, _ contracts: PokeContracts) {
        for ilk in before.ilks {
            guard let name = B256(ascii: ilk.name) else { continue }
            let reached = receipt.logs.contains { Self.isPoke($0, of: name, contracts) }
            if !reached { starved.insert(ilk.name) }
        }
    }
}
