public import EthCodec
public import KeeperTransactions

/// What a keeper must not forget. Everything of one call is durable together, or nothing is.
public protocol Store: Sendable {
    /// The records of an account on a chain in the order of their writing.
    /// - Throws: `StoreError`.
    func records(of account: StoreAccount) throws(StoreError) -> [Record]

    /// Appends records of an account and lines of the journal. When it returns they are durable; when it throws with `isCertain` none
    /// of them is; otherwise nobody knows and the process must end.
    ///
    /// Lines of the journal are objects; each gets the hash of the line before it (`JournalChain`).
    /// - Throws: `StoreError`.
    func append(_ records: [Record], of account: StoreAccount, journal: [JSON]) throws(StoreError)

    /// The keeper's memory between ticks, `nil` before the first.
    /// - Throws: `StoreError`.
    func memory(of keeper: String) throws(StoreError) -> [UInt8]?

    /// Replaces the keeper's memory, durably when it returns.
    /// - Throws: `StoreError`, which says of the memory what it says of appended records.
    func setMemory(_ bytes: [UInt8], of keeper: String) throws(StoreError)
}
