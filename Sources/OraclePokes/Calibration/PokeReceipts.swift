import EthContracts
import EthPrimitives
import EthRPC

/// The pokes of recordings whose receipts are known: those whose branch is certain, and the others by why it is not.
struct PokeReceipts {
    let contracts: PokeContracts
    let ownAddress: Address?
    private(set) var pokes: [MeasuredPoke] = []
    private(set) var unusable: [Unusable] = []

    private var recording = ""
    /// Facts at recent heads of the current branch of the chain.
    private var past: [(head: BlockHeader, facts: PokeFacts)] = []

    struct Unusable: Sendable, Hashable {
        var recording: String
        var block: UInt64
        var transaction: TransactionHash
        var why: UnusablePoke
    }

    /// Deepest reorganisation after which the facts before a poke are still known.
    private static let maximumDepth = 64

    init(_ contracts: PokeContracts, ownAddress: Address?) {
        self.contracts = contracts
        self.ownAddress = ownAddress
    }

    mutating func begin(_ recording: String) {
        self.recording = recording
        past = []
    }

    /// Takes in the facts at the next head, and the receipts and logs of the blocks up to it.
    mutating func take(_ facts: PokeFacts, at head: BlockHeader, evidence: [BlockEvidence]) {
        while let last = past.last?.head,
            last.number >= head.number || last.number + 1 == head.number && last.hash != head.parentHash
        {
            past.removeLast()
        }
        let before = past.last
        for receipt in receipts(evidence, facts.oracles) {
            do throws(UnusablePoke) {
                pokes.append(try judged(receipt, evidence, before, facts.oracles, head))
            } catch {
                unusable.append(
                    Unusable(
                        recording: recording, block: receipt.blockNumber, transaction: receipt.transactionHash, why: error))
            }
        }
        past.append((head, merged(facts, before?.facts, evidence)))
        if past.count > Self.maximumDepth { past.removeFirst() }
    }

    private func judged(
        _ receipt: Receipt, _ evidence: [BlockEvidence], _ before: (head: BlockHeader, facts: PokeFacts)?, _ after: [OracleFacts],
        _ head: BlockHeader
    ) throws(UnusablePoke) -> MeasuredPoke {
        guard receipt.succeeded else { throw .failed }
        let touching = Set(after.map(\.address) + [contracts.spotter])
        let logs = evidence.flatMap { $0.receipts.flatMap(\.logs) + $0.logs }
        let isShared = logs.contains { touching.contains($0.address) && $0.transactionHash != receipt.transactionHash }
        if isShared { throw .shared }
        guard let before, !before.facts.ilks.isEmpty, before.head.timestamp <= head.timestamp else { throw .unknownFacts }
        let earliest = receipt.blockHash == head.hash ? head.timestamp : before.head.timestamp
        let judge = ReceiptJudge(
            contracts: contracts, ownAddress: ownAddress, before: before.facts, after: after, times: earliest...head.timestamp)
        return try judge.measured(receipt, recording: recording)
    }

    /// Receipts of pokes, in the chain's order: calls of the MegaPoker and Multicall3, and of an oracle or the Spotter where they show
    /// that it was a poke.
    private func receipts(_ evidence: [BlockEvidence], _ oracles: [OracleFacts]) -> [Receipt] {
        evidence.flatMap(\.receipts).filter { receipt in
            guard let to = receipt.to else { return false }
            if to == contracts.megaPoker || to == contracts.multicall { return true }
            if to == contracts.spotter { return SpotWrite.all(receipt.logs, to).count == 1 }
            return oracles.contains { $0.address == to }
                && receipt.logs.contains { $0.address == to && $0.topics.first == OSM.LogValueEvent.topic0 }
        }.sorted { ($0.blockNumber, $0.transactionIndex) < ($1.blockNumber, $1.transactionIndex) }
    }

    /// Facts with what was not read at this head as it stood before: spots follow their logs.
    private func merged(_ facts: PokeFacts, _ before: PokeFacts?, _ evidence: [BlockEvidence]) -> PokeFacts {
        guard let before else { return facts }
        var merged = facts
        if merged.ilks.isEmpty {
            merged.ilks = before.ilks
            merged.par = before.par
            let logs = evidence.flatMap { $0.receipts.flatMap(\.logs) + $0.logs }.sorted {
                ($0.blockNumber, $0.logIndex) < ($1.blockNumber, $1.logIndex)
            }
            for write in SpotWrite.all(logs, contracts.spotter) {
                for index in merged.ilks.indices where B256(ascii: merged.ilks[index].name) == write.ilk {
                    merged.ilks[index].spot = write.spot
                }
            }
        }
        merged.dailyLast = facts.dailyLast ?? before.dailyLast
        return merged
    }
}
