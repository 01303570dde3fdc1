public import EthCodec

/// The journal of a store as a decision log: a record is durable when it was appended.
public struct StoreJournal: DecisionLog {
    private let store: any Store
    private let account: StoreAccount
    public let keepsEvidence: Bool

    /// - Parameter account: whose keeper it is.
    public init(_ store: any Store, of account: StoreAccount, keepsEvidence: Bool = true) {
        self.store = store
        self.account = account
        self.keepsEvidence = keepsEvidence
    }

    /// - Throws: `StoreError`.
    public func append(_ record: JSON) throws { try store.append([], of: account, journal: [record]) }
}
