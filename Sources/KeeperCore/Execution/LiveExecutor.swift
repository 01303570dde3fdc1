public import KeeperTransactions
public import EthPrimitives
public import EthRPC
public import EthTransactions
import Synchronization

/// Signs, sends, waits and verifies. One intent is in flight at a time; the signed bytes are in the journal, durably, before the
/// node sees them; the hash is watched from then on; status 1 counts for nothing until the logs show every effect.
///
/// One runner calls it, head after head; the lock guards the value only against misuse.
public final class LiveExecutor: ActionExecutor {
    private let provider: Provider
    private let signer: any Signer
    private let chainID: ChainID
    private let policy: SpendingPolicy
    private let journal: Journal
    private let clock: RPCClock
    private let ledger = Mutex(IntentLedger())

    /// Goes on with what the journal says that an earlier process left in flight.
    /// - Parameter clock: for the time that a signature may take.
    public init(
        provider: Provider, signer: any Signer, chainID: ChainID, policy: SpendingPolicy, journal: Journal,
        clock: RPCClock = .continuous
    ) {
        self.clock = clock
        self.provider = provider
        self.signer = signer
        self.chainID = chainID
        self.policy = policy
        self.journal = journal
        ledger.withLock { $0.resume(journal.earlier) }
    }

    /// Heads in a row at which the nonce must be used and no receipt of ours there before it counts as another's.
    private static let takenSightings = 3

    /// From the first signed byte until the confirmations are there.
    public var needsEveryHead: Bool { ledger.withLock { $0.open != nil || $0.isConfirming } }

    public func begins(_ intent: TransactionIntent) -> Bool {
        ledger.withLock { ledger in
            ledger.open == nil && !ledger.isDone(intent.id) && ledger.attempts(in: intent.id.epoch) < intent.maxAttempts
        }
    }

    /// A signer that is slower is not waited for: heads go by meanwhile. A slot of mainnet is 12 seconds.
    private static let signingTime = Duration.seconds(10)

    public func execute(_ action: Action, at head: BlockHeader) async -> Outcome {
        guard case .transact(let intent) = action else { return .noted }
        do {
            return try await transact(intent, at: head)
        } catch {
            return .refused(intent: intent.id, reason: "\(error)")
        }
    }

    private func transact(_ intent: TransactionIntent, at head: BlockHeader) async throws -> Outcome {
        let ledger = ledger.withLock { $0 }
        if let open = ledger.open {
            guard open.intent.id == intent.id else { return .deferred(intent: intent.id, by: open.intent.id) }
            self.ledger.withLock { $0.open?.market = intent.fees }
            return .pending(intent: intent.id, hash: open.attempts.last?.hash ?? TransactionHash())
        }
        if let done = ledger.done(intent.id) {
            // Wanted although it is done: a reorganisation deeper than the confirmations may have undone it.
            let hash = done.receipt.transactionHash
            return await reopens(done) ? .pending(intent: intent.id, hash: hash) : .alreadyDone(intent: intent.id)
        }
        guard ledger.attempts(in: intent.id.epoch) < intent.maxAttempts else {
            return .refused(intent: intent.id, reason: "all \(intent.maxAttempts) attempts of this slot are used")
        }
        if let reason = policy.refusal(of: intent, spentToday: ledger.spent(before: head.timestamp)) {
            return .refused(intent: intent.id, reason: reason)
        }
        let balance = try await provider.balance(of: signer.address, at: .hash(head.hash))
        guard balance >= intent.reserved else {
            return .refused(
                intent: intent.id,
                reason: "the wallet \(signer.address) holds \(balance), the transaction reserves \(intent.reserved)")
        }
        let nonce = try await provider.nonce(of: signer.address, at: .hash(head.hash))
        let open = IntentLedger.Open(intent: intent, nonce: nonce, attempts: [])
        return try await send(open, intent.fees, at: head)
    }

    /// A pending intent: handed to the node again when it has waited long enough, at a higher price if the caps admit one.
    private func goOn(_ open: IntentLedger.Open, at head: BlockHeader) async throws -> Outcome? {
        guard let last = open.attempts.last, head.number >= last.sentAt + policy.bumpAfterBlocks else { return nil }
        if let fees = FeeBump.replacement(for: last.fees, market: open.market, cap: policy.maxFeePerGas),
            fees.maxFeePerGas * open.intent.gasLimit <= policy.maxSpendPerTransaction
        {
            return try await send(open, fees, at: head)
        }
        // At the cap: the same bytes again keep the transaction alive.
        let refusal = await broadcast(last.signed)
        ledger.withLock { $0.open?.attempts[open.attempts.count - 1].sentAt = head.number }
        return refusal.map { .broadcast(intent: open.intent.id, nonce: open.nonce, hash: last.hash, refusal: $0) }
            ?? .pending(intent: open.intent.id, hash: last.hash)
    }

    /// Signs, persists, sends: in this order.
    private func send(_ open: IntentLedger.Open, _ fees: FeeCaps, at head: BlockHeader) async throws -> Outcome {
        let intent = open.intent
        let transaction = FeeMarketTransaction(
            chainID: chainID, nonce: open.nonce, maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
            maxFeePerGas: fees.maxFeePerGas, gasLimit: intent.gasLimit, to: intent.to, data: intent.data.rawValue)
        let envelope = try await signed(.feeMarket(transaction))
        let attempt = Attempt(hash: envelope.hash, signed: envelope.encoded, fees: fees, sentAt: head.number)
        try journal.append(JournalRecord.attempt(attempt, of: intent, nonce: open.nonce, at: head), durably: true)
        var open = open
        open.attempts.append(attempt)
        ledger.withLock { $0.open = open }
        let refusal = await broadcast(attempt.signed)
        return .broadcast(intent: intent.id, nonce: open.nonce, hash: attempt.hash, refusal: refusal)
    }

    /// A signature that comes too late is never used: nothing was written down, and nothing is sent.
    private func signed(_ transaction: UnsignedTransaction) async throws -> TransactionEnvelope {
        let signer = signer
        do {
            return try await clock.limit(Self.signingTime) { try await signer.signed(transaction) }
        } catch let error as RPCError where error.code == .timeout {
            throw SlowSigner(limit: Self.signingTime)
        }
    }

    /// Hands signed bytes to the node. Whatever it answers, they may be out: the hash is watched either way.
    /// - Returns: what the node, or the way to it, had against them.
    private func broadcast(_ signed: [UInt8]) async -> String? {
        do {
            _ = try await provider.broadcast(signed)
            return nil
        } catch {
            return "\(error)"
        }
    }

    public func settle(at head: BlockHeader) async -> [Outcome] {
        for settled in ledger.withLock({ $0.confirming(at: head.number, policy.confirmations) }) {
            _ = await reopens(settled)
        }
        guard let open = ledger.withLock({ $0.open }) else { return [] }
        do {
            return try await look(after: open, at: head).map { [$0] } ?? []
        } catch {
            // What could not be asked or signed now is asked again at the next head.
            return [.refused(intent: open.intent.id, reason: "\(error)")]
        }
    }

    /// Takes what was settled as in flight again if a reorganisation took it out of its block. Mined again in another one it may have
    /// done something else: it is verified anew.
    private func reopens(_ settled: IntentLedger.Settled) async -> Bool {
        let hash = settled.receipt.transactionHash
        switch await mined(hash) {
        case .mined(let receipt) where receipt.blockHash == settled.receipt.blockHash: return false
        case .mined, .gone:
            ledger.withLock { $0.reopen(hash) }
            return true
        case .unknown: return false
        }
    }

    /// Verifies what was mined, gives up a nonce that somebody else used, and goes on with what waits.
    private func look(after open: IntentLedger.Open, at head: BlockHeader) async throws -> Outcome? {
        let used = try await provider.nonce(of: signer.address, at: .hash(head.hash))
        var isKnown = true
        for attempt in open.attempts.reversed() {
            switch await mined(attempt.hash) {
            case .mined(let receipt): return verify(open, receipt, at: head)
            case .gone: break
            case .unknown: isKnown = false
            }
        }
        guard isKnown else { return nil }
        if used > open.nonce {
            // The receipt may only be late: a node's indexes do not all advance at once.
            let sightings = ledger.withLock { ledger in
                ledger.open?.takenSightings += 1
                return ledger.open?.takenSightings ?? 0
            }
            guard sightings >= Self.takenSightings else { return nil }
            ledger.withLock { $0.open = nil }
            return .refused(
                intent: open.intent.id,
                reason: "another transaction of \(signer.address) used nonce \(open.nonce): the key is shared")
        }
        return try await goOn(open, at: head)
    }

    private enum Whereabouts: Equatable { case mined(Receipt), gone, unknown }

    /// Where a transaction is. No answer is no statement: the next head asks again.
    private func mined(_ hash: TransactionHash) async -> Whereabouts {
        do { return try await provider.receipt(hash).map { .mined($0) } ?? .gone } catch { return .unknown }
    }

    private func verify(_ open: IntentLedger.Open, _ receipt: Receipt, at head: BlockHeader) -> Outcome {
        let intent = open.intent
        let missing =
            receipt.succeeded ? intent.effects.filter { !$0.isShown(by: receipt.logs) }.map(\.name) : intent.effects.map(\.name)
        let entry = IntentLedger.Settled(open: open, receipt: receipt, isComplete: missing.isEmpty, time: head.timestamp)
        ledger.withLock { $0.settle(entry) }
        let mined = Outcome.Mined(
            hash: receipt.transactionHash, block: receipt.blockNumber, succeeded: receipt.succeeded, gasUsed: receipt.gasUsed,
            gasLimit: intent.gasLimit, reserved: intent.reserved, expected: intent.expectedCost, actual: receipt.cost)
        return missing.isEmpty
            ? .minedWithEffect(intent: intent.id, mined: mined)
            : .minedWithoutEffect(intent: intent.id, mined: mined, missing: missing)
    }
}

/// The signer gave no signature in time.
public struct SlowSigner: Error, Sendable, CustomStringConvertible {
    public var limit: Duration
    public var description: String { "the signer gave no signature within \(limit)" }
}
