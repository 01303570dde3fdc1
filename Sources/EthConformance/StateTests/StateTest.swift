public import EthPrimitives
public import EthTransactions

/// A test of the GeneralStateTests format: a state, a block, a transaction in many variants, and what each leaves behind at each fork
/// (https://ethereum-tests.readthedocs.io, "General State Tests").
public struct StateTest: Sendable {
    /// What one variant leaves behind at one fork.
    public struct Outcome: Sendable {
        /// Which of the transaction's lists of data (and access lists), gas limits and values it takes.
        public var data: Int
        public var gas: Int
        public var value: Int
        /// The state root afterwards.
        public var stateRoot: B256
        /// Keccak-256 of the RLP encoding of the list of logs.
        public var logsHash: B256
        /// Why no block can hold the transaction, by the suite's names, with `|` between them; then the state stays as it was.
        public var expectedException: String?
        /// The state afterwards, where the file has it.
        public var state: [Address: StateTestAccount]?
        /// The signed transaction, where the file has it.
        public var transaction: [UInt8]?
    }

    /// A variant at a fork.
    public struct Case: Sendable {
        public var id: StateTestCase
        /// `nil` if it is none that we know.
        public var fork: Fork?
        public var outcome: Outcome
    }

    public var name: String
    public var environment: StateTestEnvironment
    public var pre: [Address: StateTestAccount]
    public var transaction: StateTestTransaction
    /// By the names that the suite gives to forks, in the order of the file.
    public var outcomes: [(fork: String, outcomes: [Outcome])]

    /// The cases in the order of the file.
    /// - Parameters:
    ///   - file: what they call their file.
    ///   - fork: the only one that counts; `nil` takes all.
    ///   - include: which cases count.
    public func cases(file: String, fork: Fork?, include: (StateTestCase) -> Bool = { _ in true }) -> [Case] {
        outcomes.flatMap { fork, outcomes in outcomes.map { (fork, $0) } }.compactMap { forkName, outcome in
            let rules = Fork(name: forkName)
            if let fork, rules != fork { return nil }
            let id = StateTestCase(
                file: file, test: name, fork: forkName, data: outcome.data, gas: outcome.gas, value: outcome.value)
            return include(id) ? Case(id: id, fork: rules, outcome: outcome) : nil
        }
    }
}

/// An account before or after.
public struct StateTestAccount: Hashable, Sendable {
    public var nonce: Nonce
    public var balance: Wei
    public var code: [UInt8]
    public var storage: [UInt256: UInt256]

    public init(nonce: Nonce = 0, balance: Wei = .zero, code: [UInt8] = [], storage: [UInt256: UInt256] = [:]) {
        self.nonce = nonce
        self.balance = balance
        self.code = code
        self.storage = storage
    }
}
