public import EthPrimitives
import EthRPC
import EthTransactions

/// Everything that one signing address has in flight: a value that is told events and answers with actions. Synchronous and total;
/// it has no clock (time is the head's), does nothing itself and throws nothing away that may have been sent.
///
/// **What holds always**
///
/// * A nonce is bound to its intent when a signed form is durable, and to no other ever after. It is free again only if for certain
///   no byte was sent, which is known only within one process life. Otherwise the binding ends with a final transaction at this
///   nonce: one of its forms, or somebody else's that final blocks show.
/// * An intent has one nonce at a time, and no second one before the first is over.
/// * A new nonce is the lowest that is neither used in the view's chain nor bound: confirmed + own unresolved, never more.
/// * Every form is durable, and its hash watched, before its first byte is sent; all forms of a nonce are watched to the end.
/// * A receipt that is missing proves nothing. What was mined and is no more waits again, at any depth down to finality.
/// * What is in flight counts with its dearest form against the caps of the day; cancels and fillers too.
/// * An outcome is reported after it is durable, exactly one for each key, and only of what is final.
/// * What an intent states of storage is read in the state after its receipt's block, and nothing is decided before it is read.
///
/// What it makes of each event in each phase stands in `TransitionTable`.
///
/// A view is believed unless it is older than one that was seen; after sixteen such views in a row it is, for then the newest may
/// have been the wrong one. Nothing of the above rests on it: an older view at worst asks for a form that nodes refuse.
///
/// **The store is lost** when there are no records but perhaps transactions of an earlier life. Then no nonce is given out before
/// the head of the first view is final and for `adoptionQuietBlocks` no node reported a pending transaction of the account, or
/// `adoptionPatience` blocks passed. What the lost store bound to the nonces from there on competes with the new forms for the same
/// nonces, so that of the two at most one is mined. There is a doubt left: several nonces were out, a pool keeps those behind a gap,
/// and no node shows its queue; then they are mined once new forms have filled the gap. What the lost store spent does not count
/// against the day's cap.
public struct TransactionMachine: Sendable {
    public let configuration: MachineConfiguration
    /// The sum of the durable records.
    public internal(set) var state: MachineState

    let mutations: Mutation
    var policy: TransactionPolicy { configuration.policy }

    // What this process knows beyond the records.
    var flights: [Flight]
    /// The newest that was believed.
    var view: ChainView?
    /// Views in a row that were not.
    var olderViews = 0
    /// The last complete set of wishes.
    var wishes: [TransactionIntent] = []
    var wishHead: BlockHeader?
    /// Heads in a row at which the keeper was not asked.
    var headsUnasked = 0
    var absences: [Absence] = []
    var deferrals: [IntentKey: TransactionReport.Deferral] = [:]
    var adoption = Adoption()
    /// Below this nonce, those that are not ours were told of.
    var foreignBelow: Nonce = 0
    /// Since when a nonce below others of ours is free.
    var hole: (nonce: Nonce, since: UInt64)?

    var hand = Hand.idle
    /// Height of the head before which nothing is signed, after a signer's failure.
    var handWaitsUntil: UInt64 = 0
    var signingFailures: UInt64 = 0
    /// On its way to the store.
    var write: Write?
    /// Height of the head before which nothing is written, after a failure of the store.
    var writeWaitsUntil: UInt64 = 0
    var orders: [Record] = []

    var lastTicket: UInt64 = 0
    var lastWrite: UInt64 = 0
    var raised: [(alert: TransactionAlert, block: UInt64)] = []
    /// The state contradicted itself.
    public internal(set) var fault: RecordError?
    var actions: [MachineAction] = []

    /// What is being signed: one form at a time.
    enum Hand: Sendable {
        case idle
        case signing(SigningOrder)
        /// Signed, and not yet on its way to the store.
        case ready(SigningOrder, SignedForm)
        case storing(SigningOrder, SignedForm)
    }

    /// A wish that a complete set of wishes did not hold, and that has no nonce.
    struct Absence: Sendable {
        var key: IntentKey
        /// Of the head as of which it was missing first.
        var block: UInt64
        var time: UInt64
    }

    struct Adoption: Sendable {
        /// Height of the first view's head.
        var start: UInt64?
        /// Height of the head since which nothing was pending.
        var quietSince: UInt64?
    }

    /// - Parameter state: what the store's records add up to.
    public init(_ configuration: MachineConfiguration, state: MachineState = MachineState()) {
        self.init(configuration, state: state, mutations: [])
    }

    package init(_ configuration: MachineConfiguration, state: MachineState, mutations: Mutation) {
        self.configuration = configuration
        self.state = state
        self.mutations = mutations
        let sends = mutations.contains(.restartAssumesUnsent) ? 0 : 1
        flights = state.bindings.map { Flight(nonce: $0.nonce, sends: sends) }
        if mutations.contains(.restartForgetsForms) {
            for index in self.state.bindings.indices { self.state.bindings[index].forgetAllButLatest() }
        }
    }

    /// Takes an event in.
    /// - Returns: what the shell must do, in this order.
    public mutating func handle(_ event: MachineEvent) -> [MachineAction] {
        take(event)
        if view != nil, fault == nil { advance() }
        defer { actions.removeAll() }
        return actions
    }

    /// The hashes that each view must tell of: all forms of all bound nonces.
    public var watched: [TransactionHash] { state.bindings.flatMap { $0.forms.map(\.hash) } }

    /// Whether nothing is in flight, nothing wanted and nothing on its way to the store.
    public var isIdle: Bool { state.bindings.isEmpty && state.wanted.isEmpty && write == nil }

    /// Whether nothing is wanted or on its way to the store, and all that is in flight is as deep as the policy asks: only finality is
    /// waited for. Words of storage that are not read are not waited for in quiet: nodes forget them.
    public var isQuiet: Bool {
        state.wanted.isEmpty && write == nil && orders.isEmpty
            && flights.allSatisfy { $0.isConfirmed && !$0.isUnclear && isRead($0) }
    }

    private mutating func take(_ event: MachineEvent) {
        switch event {
        case .restored: if !state.bindings.isEmpty { actions.append(.watch(watched)) }
        case .wished(let intents, let head): wish(intents, at: head)
        case .saw(let view): see(view)
        case .signed(let ticket, let bytes, let hash): takeSignature(ticket, bytes, hash)
        case .signingFailed(let ticket, let reason): takeSigningFailure(ticket, reason)
        case .persisted(let id): takeDurable(id)
        case .persistFailed(let id, let reason): takeStoreFailure(id, reason)
        case .broadcast(let hash, let verdict): takeVerdict(hash, verdict)
        case .located(let nonce, let location): takeLocation(nonce, location)
        case .ordered(let order): take(order)
        }
    }

    private mutating func take(_ order: OperatorOrder) {
        switch order {
        case .cancel(let key): if state.isOpen(key) { orders.append(.recalled(key)) }
        case .bump(let nonce): changeFlight(nonce) { $0.isPressed = true }
        case .pause(let time): orders.append(.paused(until: time))
        case .resume: orders.append(.paused(until: 0))
        case .adopt: if let view, !state.isAdopted { orders.append(.adopted(nonce: view.nonce, block: view.head.number)) }
        }
    }

    /// All decisions that the new knowledge admits. What waits for the store or the signer is decided again when they have answered.
    private mutating func advance() {
        giveUpSigner()
        storeSigned()
        write(endings: true)
        for nonce in state.bindings.map(\.nonce) { lookAfter(nonce) }
        bindNext()
        write(endings: false)
    }

    // MARK: - Small tools

    func flight(_ nonce: Nonce) -> Flight? { flights.first { $0.nonce == nonce } }

    mutating func changeFlight(_ nonce: Nonce, _ change: (inout Flight) -> Void) {
        guard let index = flights.firstIndex(where: { $0.nonce == nonce }) else { return }
        change(&flights[index])
    }

    mutating func report(_ key: IntentKey?, _ news: TransactionReport.News) {
        actions.append(.report(TransactionReport(key: key, news: news)))
    }

    /// Raises an alert, unless it was raised within the last 32 blocks.
    mutating func alert(_ alert: TransactionAlert) {
        let block = view?.head.number ?? 0
        raised.removeAll { $0.block + 32 < block }
        guard !raised.contains(where: { $0.alert == alert }) else { return }
        raised.append((alert, block))
        actions.append(.alert(alert))
    }
}
