import EthCodec
import EthPrimitives
public import KeeperCore
import KeeperTransactions
public import Testing

/// What every `Store` must do, as checks that a test runs against one: what was appended is there, in its order and as it was, also
/// after the store was opened again; accounts and keepers are kept apart; the journal is one chain; nothing of two callers mixes.
///
///     try await StoreConformance(open: { try MyStore(path: folder + $0) }, journal: { try $0.lines() }).check()
public struct StoreConformance<S: Store>: Sendable {
    /// Opens the store of a name, which is new at first. The suite lets go of a store before it opens the same again.
    public var open: @Sendable (_ name: String) throws -> S
    /// The lines of the journal from the first on, without their breaks.
    public var journal: @Sendable (S) throws -> [[UInt8]]

    /// - Parameters:
    ///   - open: opens the store of a name, which is new at first.
    ///   - journal: the lines of a store's journal.
    public init(open: @escaping @Sendable (_ name: String) throws -> S, journal: @escaping @Sendable (S) throws -> [[UInt8]]) {
        self.open = open
        self.journal = journal
    }

    /// Runs every check; failures are recorded as issues at the caller's line.
    /// - Throws: what the store throws, which a conforming one never does here.
    public func check(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try checkEmpty(sourceLocation)
        try checkRecords(sourceLocation)
        try checkAccounts(sourceLocation)
        try checkJournal(sourceLocation)
        try checkMemory(sourceLocation)
        try checkLength(sourceLocation)
        try await checkCallers(sourceLocation)
    }

    private let account = StoreAccount(chainID: 1, address: Address(lowBytesOf: Keccak256.hash("an account")))

    /// Uses the store of a name, and lets go of it.
    private func with<R>(_ name: String, _ body: (S) throws -> R) throws -> R { try body(try open(name)) }

    /// Of a new store nothing is known, and asking does not change that.
    private func checkEmpty(_ place: SourceLocation) throws {
        for _ in 0..<2 {
            try with("empty") { store in
                #expect(try store.records(of: account).isEmpty, "a new store has no records", sourceLocation: place)
                #expect(try store.memory(of: "a") == nil, "a new store has no memory", sourceLocation: place)
                let lines = try journal(store)
                #expect(lines.isEmpty, "a new store has no journal", sourceLocation: place)
                try store.append([], of: account, journal: [])
            }
        }
    }

    /// Every kind of record comes back equal, one by one and together.
    private func checkRecords(_ place: SourceLocation) throws {
        let samples = StoreSamples.records
        try with("records") { store in
            for record in samples { try store.append([record], of: account, journal: []) }
            #expect(try store.records(of: account) == samples, "records come back as they were", sourceLocation: place)
        }
        try with("records") { store in
            try store.append(samples.reversed(), of: account, journal: [])
            #expect(
                try store.records(of: account) == samples + samples.reversed(), "a store goes on where it ended",
                sourceLocation: place)
            let lines = try journal(store)
            #expect(lines.isEmpty, "records are no lines of the journal", sourceLocation: place)
        }
    }

    /// The same key on another chain, and another key on the same chain, have records of their own.
    private func checkAccounts(_ place: SourceLocation) throws {
        let accounts = [
            account, StoreAccount(chainID: ChainID(.max), address: account.address),
            StoreAccount(chainID: 1, address: Address(lowBytesOf: Keccak256.hash("another account"))),
        ]
        func record(_ round: UInt64, _ index: Int) -> Record { .paused(until: 10 * round + UInt64(index)) }
        try with("accounts") { store in
            for round in 0..<4 as Range<UInt64> {
                for (index, account) in accounts.enumerated() {
                    try store.append([record(round, index)], of: account, journal: [.object(["index": .integer(index)])])
                }
            }
        }
        try with("accounts") { store in
            for (index, account) in accounts.enumerated() {
                let own = (0..<4).map { record($0, index) }
                #expect(try store.records(of: account) == own, "each account has its own records", sourceLocation: place)
            }
            let lines = try journal(store)
            #expect(lines.count == 12, "all accounts share one journal", sourceLocation: place)
        }
    }

    /// The journal is one chain over all calls, whatever its texts hold.
    private func checkJournal(_ place: SourceLocation) throws {
        var chain = JournalChain()
        var expected: [[UInt8]] = []
        for (index, text) in StoreSamples.texts.enumerated() {
            let lines: [JSON] = [
                .object(["z": .string(text), "a": .integer(index), "m": .array([.null, .object([JSON.Member(text, true)])])]),
                .object([JSON.Member]()),
            ]
            try with("journal") { try $0.append(index % 2 == 0 ? [] : [.paused(until: 1)], of: account, journal: lines) }
            expected += lines.map { chain.link($0) }
        }
        let lines = try with("journal") { try journal($0) }
        #expect(lines == expected, "lines of the journal are linked and come back byte for byte", sourceLocation: place)
        var again = JournalChain()
        #expect(lines.allSatisfy { again.follow($0) }, "each line names the one before it", sourceLocation: place)
    }

    /// The newest memory of each keeper, and of no other.
    private func checkMemory(_ place: SourceLocation) throws {
        let memories: [[UInt8]] = [
            [1, 2, 3], [], Array(0...255), [UInt8](repeating: 0, count: 1 << 20), [0], Array("{\"a\":1}".utf8),
        ]
        try with("memory") { store in
            for memory in memories {
                try store.setMemory(memory, of: "a")
                #expect(try store.memory(of: "a") == memory, "a memory replaces the one before", sourceLocation: place)
            }
            for (index, name) in StoreSamples.texts.enumerated() {
                #expect(try store.memory(of: name) == nil, "no keeper has another's memory", sourceLocation: place)
                try store.setMemory([UInt8(index)], of: name)
            }
        }
        try with("memory") { store in
            for (index, name) in StoreSamples.texts.enumerated() {
                #expect(try store.memory(of: name) == [UInt8(index)], "each keeper has its own memory", sourceLocation: place)
            }
            #expect(try store.memory(of: "a") == memories.last, "memory outlasts the store's closing", sourceLocation: place)
            try store.setMemory([], of: "a")
            #expect(try store.memory(of: "a") == [], "an empty memory is not the same as none", sourceLocation: place)
            #expect(try store.records(of: account).isEmpty, "memory is no record", sourceLocation: place)
            let lines = try journal(store)
            #expect(lines.isEmpty, "memory is no line of the journal", sourceLocation: place)
        }
    }

    /// Many records in one call.
    private func checkLength(_ place: SourceLocation) throws {
        let many = (0..<2_000 as Range<UInt64>).map { Record.adopted(nonce: $0, block: .max - $0) }
        try with("length") { try $0.append(many, of: account, journal: [.object(["many": 2_000])]) }
        let records = try with("length") { try $0.records(of: account) }
        #expect(records == many, "a long append comes back whole", sourceLocation: place)
    }

    /// Callers at the same time: each one's records stand together and in its order, and each line of the journal is linked.
    private func checkCallers(_ place: SourceLocation) async throws {
        let store = try open("callers")
        let (callers, rounds) = (8 as UInt64, 20 as UInt64)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                group.addTask { [account] in try Self.call(store, account, caller, rounds) }
            }
            try await group.waitForAll()
        }
        let records = try store.records(of: account)
        #expect(records.count == Int(3 * callers * rounds), "nothing is lost between callers", sourceLocation: place)
        var next = [UInt64](repeating: 0, count: Int(callers))
        for start in stride(from: 0, to: records.count - 2, by: 3) {
            guard case .adopted(let caller, let block) = records[start], block == next[Int(caller)] else {
                Issue.record("each caller's records stand in its order", sourceLocation: place)
                return
            }
            next[Int(caller)] += 3
            #expect(
                Array(records[start..<(start + 3)]) == Self.three(caller, block), "what was appended together stands together",
                sourceLocation: place)
        }
        var chain = JournalChain()
        let lines = try journal(store)
        #expect(
            lines.count == Int(callers * rounds) && lines.allSatisfy { chain.follow($0) }, "the journal is one chain",
            sourceLocation: place)
        for caller in 0..<callers {
            #expect(try store.memory(of: "\(caller)") == [UInt8(rounds - 1)], "the last memory is kept", sourceLocation: place)
        }
    }

    private static func three(_ caller: UInt64, _ block: UInt64) -> [Record] {
        (0..<3).map { .adopted(nonce: caller, block: block + $0) }
    }

    private static func call(_ store: S, _ account: StoreAccount, _ caller: UInt64, _ rounds: UInt64) throws {
        for round in 0..<rounds {
            let line = JSON.object(["caller": .integer(caller), "round": .integer(round)])
            try store.append(three(caller, 3 * round), of: account, journal: [line])
            _ = try store.records(of: account)
            try store.setMemory([UInt8(round)], of: "\(caller)")
        }
    }
}
