public import EthCodec

/// Where operators leave requests for the process that has the store, and find its answers.
public protocol OrderDesk: Sendable {
    /// Requests without an answer, the oldest first.
    /// - Throws: `StoreError`.
    func openRequests() throws(StoreError) -> [(id: UInt64, request: OperatorRequest)]

    /// Answers a request, and appends lines to the journal with it. A request that was withdrawn meanwhile is answered in the journal only.
    /// - Throws: `StoreError`; then neither was done, or nobody knows.
    func answer(_ id: UInt64, _ answer: OperatorAnswer, of account: StoreAccount, journal: [JSON]) throws(StoreError)
}
