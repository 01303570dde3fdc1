public import EthCodec
public import KeeperTransactions
import Synchronization

/// A store that lasts as long as the process: for tests, and for runs that must leave nothing behind.
public final class MemoryStore: Store {
    /// All that is kept, as a value: what a store holds at a moment, and what another may begin with.
    public struct Contents: Sendable, Hashable {
        public var records: [StoreAccount: [Record]] = [:]
        /// Lines without their breaks.
        public var journal: [[UInt8]] = []
        public var memories: [String: [UInt8]] = [:]
        private var chain = JournalChain()

        public init() {}

        mutating func append(_ new: [Record], of account: StoreAccount, journal lines: [JSON]) {
            records[account, default: []] += new
            for line in lines { journal.append(chain.link(line)) }
        }
    }

    private let state: Mutex<Contents>

    /// - Parameter contents: of an earlier store; without, an empty one.
    public init(_ contents: Contents = Contents()) { state = Mutex(contents) }

    /// What is kept now.
    public var contents: Contents { state.withLock { $0 } }

    public func records(of account: StoreAccount) throws(StoreError) -> [Record] {
        state.withLock { $0.records[account] ?? [] }
    }

    public func append(_ records: [Record], of account: StoreAccount, journal: [JSON]) throws(StoreError) {
        state.withLock { $0.append(records, of: account, journal: journal) }
    }

    public func memory(of keeper: String) throws(StoreError) -> [UInt8]? { state.withLock { $0.memories[keeper] } }

    public func setMemory(_ bytes: [UInt8], of keeper: String) throws(StoreError) {
        state.withLock { $0.memories[keeper] = bytes }
    }
}
