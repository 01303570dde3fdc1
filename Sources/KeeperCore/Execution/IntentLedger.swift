import KeeperTransactions
internal import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions

/// What became of each intent so far, as a value: at most one is open, and its nonce belongs to it alone.
struct IntentLedger: Sendable {
    /// An intent with bytes that may have left this process.
    struct Open: Sendable {
        var intent: TransactionIntent
        var nonce: Nonce
        /// In the order of signing; any of them may be mined.
        var attempts: [Attempt]
        /// What the keeper would offer now.
        var market: FeeCaps?
        /// Heads at which the nonce was used and no attempt of ours had a receipt.
        var takenSightings = 0
    }

    /// An intent whose transaction was seen in a block.
    struct Settled: Sendable {
        var open: Open
        var receipt: Receipt
        var isComplete: Bool
        /// Unix seconds of the head that showed it.
        var time: UInt64
    }

    var open: Open?
    private(set) var settled: [Settled] = []

    /// Whether a settled intent may still be undone by a reorganisation.
    private(set) var isConfirming = false

    /// The settled intents that a reorganisation may still undo at a height.
    mutating func confirming(at height: UInt64, _ confirmations: UInt64) -> [Settled] {
        let entries = settled.filter { height < $0.receipt.blockNumber || height - $0.receipt.blockNumber <= confirmations }
        isConfirming = !entries.isEmpty
        return entries
    }

    /// Whether an intent reached all its effects.
    func isDone(_ id: IntentID) -> Bool { done(id) != nil }

    /// How an intent reached all its effects.
    func done(_ id: IntentID) -> Settled? { settled.last { $0.open.intent.id == id && $0.isComplete } }

    /// Mined attempts in an epoch.
    func attempts(in epoch: UInt64) -> Int {
        settled.count { $0.open.intent.id.epoch == epoch } + earlierMined.count { $0.epoch == epoch }
    }

    /// Wei spent in the 24 hours before a time, and reserved by what is in flight.
    func spent(before time: UInt64) -> Wei {
        let recent = settled.filter { $0.time + 86_400 > time }.map(\.receipt.cost)
        let earlier = earlierCosts.filter { $0.time + 86_400 > time }.map(\.cost)
        return (recent + earlier).reduce(open?.intent.reserved ?? .zero, +)
    }

    mutating func settle(_ entry: Settled) {
        open = nil
        isConfirming = true
        settled.append(entry)
        // Two days are enough for the caps and for any reorganisation.
        settled.removeAll { $0.time + 172_800 < entry.time }
    }

    /// A reorganisation took the transaction out of its block: it is in flight again.
    mutating func reopen(_ hash: TransactionHash) {
        guard open == nil, let index = settled.firstIndex(where: { $0.receipt.transactionHash == hash }) else { return }
        open = settled.remove(at: index).open
    }

    /// What earlier processes got mined.
    private var earlierMined: [IntentID] = []
    /// What earlier processes paid.
    private var earlierCosts: [(time: UInt64, cost: Wei)] = []

    /// Takes over what an earlier process wrote down: an attempt without an outcome is in flight until the chain says otherwise.
    mutating func resume(_ records: [JSON]) {
        for record in records {
            if let intent = JournalRecord.value(TransactionIntent.self, from: record["intent"]) {
                resume(intent, record)
            } else if let mined = record["outcome"]?["minedWithEffect"] ?? record["outcome"]?["minedWithoutEffect"] {
                let id = JournalRecord.value(IntentID.self, from: mined["intent"])
                if id == open?.intent.id { open = nil }
                if let id { earlierMined.append(id) }
                let facts = JournalRecord.value(Outcome.Mined.self, from: mined["mined"])
                if let facts, let time = record["time"]?.uint64, time < 1 << 40 { earlierCosts.append((time, facts.actual)) }
            }
        }
    }

    private mutating func resume(_ intent: TransactionIntent, _ record: JSON) {
        guard let nonce = record["nonce"]?.uint64, let raw = record["raw"]?.string, let height = record["block"]?.uint64,
            let fees = JournalRecord.value(FeeCaps.self, from: record["fees"]),
            let signed = try? Hex.decode(raw)  // a record of ours always decodes
        else { return }
        let attempt = Attempt(hash: Keccak256.hash(signed), signed: signed, fees: fees, sentAt: height)
        if open?.intent.id == intent.id, open?.nonce == nonce {
            open?.attempts.append(attempt)
        } else {
            open = Open(intent: intent, nonce: nonce, attempts: [attempt])
        }
    }
}
