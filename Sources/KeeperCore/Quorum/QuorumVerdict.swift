public import KeeperTransactions

/// What several nodes say about a decision that spends, each asked for the same facts at the same block hash.
public struct QuorumVerdict: Codable, Sendable, Hashable {
    /// A node whose facts lead to the same transactions.
    public struct Assent: Codable, Sendable, Hashable {
        public var endpoint: String
        /// Facts in which it differs all the same, such as a gas estimate of another client.
        public var differences: [FieldDifference]
    }

    /// A node whose facts lead to other transactions, or to none.
    public struct Dissent: Codable, Sendable, Hashable {
        public var endpoint: String
        /// What would be sent by its facts.
        public var transactions: [Wish]
        public var differences: [FieldDifference]
    }

    /// A node that could not be asked, or does not have the block.
    public struct Absence: Codable, Sendable, Hashable {
        public var endpoint: String
        public var reason: String
    }

    /// What of a transaction must be the same: fees and limits have caps of their own.
    public struct Wish: Codable, Sendable, Hashable, CustomStringConvertible {
        public var id: IntentID
        public var to: String
        public var data: String

        public var description: String { "\(id) to \(to) with \(data.prefix(10))… (\(max(0, data.count - 2) / 2) bytes)" }
    }

    /// How many nodes must agree.
    public var quorum: Int
    /// The node whose facts were decided on.
    public var endpoint: String
    /// What would be sent by its facts.
    public var transactions: [Wish]
    public var assents: [Assent] = []
    public var dissents: [Dissent] = []
    public var absences: [Absence] = []

    public init(quorum: Int, endpoint: String, transactions: [Wish]) {
        self.quorum = quorum
        self.endpoint = endpoint
        self.transactions = transactions
    }

    /// The nodes that agree, the first included.
    public var agreed: [String] { [endpoint] + assents.map(\.endpoint) }
    public var isReached: Bool { agreed.count >= quorum }

    /// Why nothing is sent; `nil` if enough nodes agree.
    public var refusal: String? {
        guard !isReached else { return nil }
        if !dissents.isEmpty { return "nodes disagree: \(contradiction)" }
        let missing = absences.map { "\($0.endpoint): \($0.reason)" }.joined(separator: ", ")
        let why = missing.isEmpty ? "there is no other node" : missing
        return "\(agreed.count) of \(quorum) nodes confirm it (\(why)); asked again at the next head"
    }

    /// What people should know: who says what.
    func alert(keeper: String, block: UInt64) -> Alert? {
        guard !dissents.isEmpty else { return nil }
        let consequence = isReached ? "sent, as \(agreed.joined(separator: ", ")) agree" : "nothing was sent"
        return Alert(
            key: "\(keeper)/nodes-disagree", severity: .urgent,
            text: "nodes disagree at block \(block), \(consequence): \(contradiction)")
    }

    private var contradiction: String {
        dissents.map { dissent in
            let fields = dissent.differences.prefix(3).map { "\($0.path) \($0.ours) | \($0.theirs)" }
            let more = dissent.differences.count > 3 ? ", and \(dissent.differences.count - 3) more" : ""
            let facts = fields.isEmpty ? "the same facts" : fields.joined(separator: ", ") + more
            let wishes =
                dissent.transactions.isEmpty ? "send nothing" : dissent.transactions.map(\.description).joined(separator: ", ")
            let ours = transactions.map(\.description).joined(separator: ", ")
            return "by \(endpoint) one would send \(ours), by \(dissent.endpoint) \(wishes) [\(facts)]"
        }.joined(separator: "; ")
    }
}

extension QuorumVerdict.Wish {
    init(_ intent: TransactionIntent) {
        self.init(id: intent.id, to: "\(intent.to)", data: "\(intent.data)")
    }

    /// The transactions of a decision, in its order.
    public static func all(in decision: Decision) -> [Self] {
        decision.actions.compactMap { action in
            if case .transact(let intent) = action { Self(intent) } else { nil }
        }
    }
}
