import EthCodec
import EthContracts
import EthPrimitives
import EthRPC

/// What the keeper's account and the oracles did, from the blocks alone.
struct ChainVerdict {
    struct Poke {
        var hash: TransactionHash
        var slot: UInt64
        /// Seconds into the slot.
        var age: UInt64
    }

    var pokes: [Poke] = []
    var cancels = 0
    /// By slot, how often each oracle advanced.
    var advances: [UInt64: [Address: Int]] = [:]
    /// What must not be.
    var findings: [String] = []

    init(_ chain: LocalChain, from first: UInt64, to last: UInt64) async throws {
        let keeper = chain.accounts["keeper"]?.address ?? .zero
        let oracles = Set(PokerRunTests.oracles.compactMap { chain.addresses[$0] })
        var nonce: UInt64 = 0
        for number in first...last {
            guard let block = try await chain.provider.block(.number(number), full: false) else {
                throw KillFailure("block \(number) is gone")
            }
            guard block.transactions.count > 0 else { continue }
            let time = block.header.timestamp
            let slot = time - time % 3600
            for receipt in try await chain.provider.receipts(of: .number(number)) ?? [] {
                let advanced = receipt.logs.filter { oracles.contains($0.address) && $0.topics.first == OSM.LogValueEvent.topic0 }
                for log in advanced { advances[slot, default: [:]][log.address, default: 0] += 1 }
                guard receipt.from == keeper else { continue }
                let hash = receipt.transactionHash
                let stated = try await chain.provider.request("eth_getTransactionByHash", [.string(hash.description)]).json[
                    "nonce"]
                if stated?.string != "0x" + String(nonce, radix: 16) {
                    findings.append("\(hash) has the nonce \(stated?.string ?? "?"), not \(nonce)")
                }
                nonce += 1
                if !receipt.succeeded { findings.append("\(hash) in block \(number) failed") }
                if receipt.to == keeper {
                    cancels += 1
                } else {
                    pokes.append(Poke(hash: hash, slot: slot, age: time - slot))
                    if advanced.isEmpty { findings.append("\(hash) in block \(number) advanced no oracle") }
                }
            }
        }
        let confirmed = try await chain.provider.nonce(of: keeper, at: .latest)
        if confirmed != nonce { findings.append("the account's nonce is \(confirmed), of which \(nonce) were seen") }
        let pending = try await chain.provider.nonce(of: keeper, at: .pending)
        if pending != nonce { findings.append("\(pending - nonce) transactions wait still") }
    }

    /// Slots that nobody poked, and findings about those that were poked twice or in part.
    mutating func judge(_ run: KillRun) -> [UInt64] {
        let oracles = PokerRunTests.oracles.compactMap { run.chain.addresses[$0] }
        var missed: [UInt64] = []
        for slot in run.slots {
            let ours = pokes.count { $0.slot == slot }
            let counts = oracles.map { advances[slot]?[$0] ?? 0 }
            if counts.contains(where: { $0 > 1 }) { findings.append("slot \(slot): oracles advanced \(counts) times") }
            if counts.allSatisfy({ $0 == 0 }) {
                missed.append(slot)
            } else if counts.contains(0) {
                findings.append("slot \(slot): some oracles did not advance: \(counts)")
            }
            if ours > 1 { findings.append("slot \(slot) was poked \(ours) times by us") }
            if run.forestalled.contains(slot), ours > 0 { findings.append("slot \(slot) was poked by others, and by us again") }
        }
        return missed
    }
}
