public import EthPrimitives

/// What transactions left behind: the accounts that differ from what the reader said.
public struct StateChanges: Hashable, Sendable {
    public struct Change: Hashable, Sendable {
        /// The account afterwards; `nil` if it does not exist any more (EIP-161 and SELFDESTRUCT).
        public var account: Account?
        /// Slots that were written, with what they hold now, zero included. Those that hold what they held before are left out.
        public var storage: [UInt256: UInt256]
        /// Whether all other slots are zero now: the account was destroyed, or made anew.
        public var clearsStorage: Bool

        public init(account: Account?, storage: [UInt256: UInt256] = [:], clearsStorage: Bool = false) {
            self.account = account
            self.storage = storage
            self.clearsStorage = clearsStorage
        }
    }

    public var accounts: [Address: Change]

    public init(accounts: [Address: Change] = [:]) { self.accounts = accounts }
}
