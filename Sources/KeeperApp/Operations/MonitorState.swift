import EthPrimitives
import EthRPC
import KeeperAlerts
import KeeperCore
import KeeperTransactions

/// What is known of a running keeper, as a value: the sum of what its loop, its manager and its nodes told.
struct MonitorState: Sendable {
    typealias Trouble = KeeperSample.Trouble

    /// Unix seconds of the last sign of life, by the wall.
    var aliveAt: UInt64
    var isStopping = false
    /// The newest head that was acted on.
    var head: BlockHeader?
    /// Since when nothing is known of the chain, and why; begins so.
    var blind: (since: UInt64, reason: String)?
    var work: [Work] = []
    /// When each piece of work was last seen done: unix seconds of that head.
    var doneAt: [String: UInt64] = [:]
    private var told: [Alert] = []
    private var troubles: [Trouble.Kind: Trouble] = [:]
    private var events: [KeeperSample.Event] = []
    /// Transactions in blocks that are not final.
    private var mined: Set<TransactionHash> = []
    private var pausedSince: UInt64?
    private let isBackup: Bool

    init(now: UInt64, wall: UInt64, isBackup: Bool) {
        aliveAt = wall
        blind = (now, "no head was seen yet")
        self.isBackup = isBackup
    }

    /// A piece of work that was seen done for the first time at a head.
    struct Done: Sendable, Hashable {
        var task: String
        /// Seconds from when it was due to the head.
        var lateness: UInt64
    }

    /// - Parameters:
    ///   - now: unix seconds of the keeper's clock.
    ///   - wall: unix seconds.
    mutating func take(_ news: LoopNews, at now: UInt64, wall: UInt64) {
        aliveAt = wall
        switch news {
        case .alive: break
        case .passed: blind = nil
        case .blind(let reason): blind = (blind?.since ?? now, reason)
        case .storeFailed(let text): trouble(.store, text, at: now)
        case .reorganised(let depth, let abandoned): events.append(.reorganisation(depth: depth, abandoned: abandoned))
        case .ticked(let tick, _):
            blind = nil
            head = tick.head
            told = tick.alerts
            troubles[.store] = nil
            for outcome in tick.outcomes { take(outcome) }
        }
    }

    private mutating func take(_ outcome: Outcome) {
        switch outcome {
        case .broadcast, .cancelling: (troubles[.signer], troubles[.wallet]) = (nil, nil)
        case .mined(_, let hash, _): mined.insert(hash)
        case .reorganised(_, let hash): mined.remove(hash)
        case .minedWithEffect(_, let form): mined.remove(form.hash)
        case .minedWithoutEffect(let id, let form, let missing):
            mined.remove(form.hash)
            events.append(.effectMissing(id, form.hash, text: missing.joined(separator: ", ")))
        default: break
        }
    }

    /// Takes the work as a head shows it.
    /// - Returns: what was done since the last time.
    mutating func take(_ new: [Work], at head: BlockHeader) -> [Done] {
        var done: [Done] = []
        for item in new {
            guard let epoch = item.doneEpoch, let before = work.first(where: { $0.task == item.task })?.doneEpoch,
                epoch > before
            else { continue }
            doneAt[item.task] = head.timestamp
            done.append(Done(task: item.task, lateness: head.timestamp - min(epoch, head.timestamp)))
        }
        work = new
        return done
    }

    /// A backup acts as soon as its transaction is in a block: waiting for finality, one would see the work done by nobody.
    mutating func take(_ report: TransactionReport) {
        guard isBackup, let id = report.key?.id, case .mined(_, _, .intent) = report.news else { return }
        events.append(.actedAsBackup(epoch: id.epoch))
    }

    mutating func take(_ alert: TransactionAlert, at now: UInt64) {
        switch alert {
        case .foreign(let nonce, let hash): events.append(.foreign(nonce: nonce, hash))
        case .triesUsed(let id): events.append(.triesUsed(id))
        case .finalUndone: trouble(.chainUndone, alert.text, at: now)
        case .broken: trouble(.records, alert.text, at: now)
        case .store: trouble(.store, alert.text, at: now)
        case .signer: trouble(.signer, alert.text, at: now)
        case .balance: trouble(.wallet, alert.text, at: now)
        case .pendingUnknown, .adoptedRegardless: trouble(.account, alert.text, at: now)
        // They show as a transaction that waits for too long.
        case .unexplained, .effectUnread, .priceIsNotTheProblem, .atCap, .refused, .filling: break
        }
    }

    private mutating func trouble(_ kind: Trouble.Kind, _ text: String, at now: UInt64) {
        troubles[kind] = Trouble(kind, text, since: troubles[kind]?.since ?? now)
    }

    /// What keeps the keeper from doing its work whatever the nodes say.
    var obstacle: Trouble? { troubles[.store] ?? troubles[.records] ?? troubles[.chainUndone] }

    /// How the keeper stands, with what happened since the last sample.
    mutating func sample(
        at now: UInt64, _ status: ManagerStatus?, _ nodes: [EndpointReport], reserve: Wei
    ) -> KeeperSample {
        var sample = KeeperSample(now: now)
        sample.head = head.map { .init(number: $0.number, hash: $0.hash, timestamp: $0.timestamp) }
        sample.blindSince = blind?.since
        sample.nodes = nodes.map { .init(label: $0.label, problem: $0.problem) }
        sample.work = work
        sample.told = told
        sample.events = events
        events = []
        if status?.state.isAdopted ?? false { troubles[.account] = nil }
        sample.troubles = troubles.values.sorted { $0.text < $1.text }
        guard let status else { return sample }
        if let balance = status.balance {
            let spent = status.state.spent(at: now)
            sample.wallet = .init(balance: balance, reserve: reserve, costPerDay: spent > .zero ? spent : nil)
        }
        sample.inFlight = status.state.bindings.map { binding in
            .init(
                nonce: binding.nonce, intent: binding.key?.id, hash: binding.latest.hash, since: binding.since,
                isMined: binding.forms.contains { mined.contains($0.hash) })
        }
        let until = status.state.pausedUntil
        pausedSince = until > now ? pausedSince ?? now : nil
        sample.pause = pausedSince.map { .init(since: $0, until: until) }
        return sample
    }
}

extension EndpointReport {
    /// Blocks behind the best node from which on a node's answers are of no use.
    private static var tolerableLag: UInt64 { 5 }

    /// Why it is not asked, or should not be believed; `nil` while all is well.
    var problem: String? {
        switch state {
        case .evicted(let chain): "it is on chain \(chain)"
        case .cooling: "it failed, and is passed over for a while"
        case .pausing, .ready: lag > Self.tolerableLag ? "it is \(lag) blocks behind" : nil
        }
    }
}
