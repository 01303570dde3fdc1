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
        /// What operators asked for, by number.
        public var requests: [UInt64: Asked] = [:]
        var lastRequest: UInt64 = 0
        private var chain = JournalChain()

        public init() {}

        /// A request, and what came of it.
        public struct Asked: Sendable, Hashable {
            public var request: OperatorRequest
            public var answer: OperatorAnswer?
        }

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

extension MemoryStore: OrderDesk {
    /// Leaves a request.
    /// - Returns: its number.
    public func place(_ request: OperatorRequest) -> UInt64 {
        state.withLock { state in
            state.lastRequest += 1
            state.requests[state.lastRequest] = Contents.Asked(request: request, answer: nil)
            return state.lastRequest
        }
    }

    /// The answer to a request; `nil` while there is none.
    public func answer(to id: UInt64) -> OperatorAnswer? { state.withLock { $0.requests[id]?.answer } }

    public func openRequests() throws(StoreError) -> [(id: UInt64, request: OperatorRequest)] {
        state.withLock { state in
            state.requests.filter { $0.value.answer == nil }.sorted { $0.key < $1.key }.map {
                (id: $0.key, request: $0.value.request)
            }
        }
    }

    public func answer(
        _ id: UInt64, _ answer: OperatorAnswer, of account: StoreAccount, journal: [JSON]
    ) throws(StoreError) {
        state.withLock { state in
            if let asked = state.requests[id], asked.answer == nil { state.requests[id]?.answer = answer }
            state.append([], of: account, journal: journal)
        }
    }
}
