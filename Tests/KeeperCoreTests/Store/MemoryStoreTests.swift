import EthCodec
import EthPrimitives
import KeeperCore
import KeeperTesting
import KeeperTransactions
import Synchronization
import Testing

@Suite("Stores in memory")
struct MemoryStoreTests {
    /// Stores by name, so that each can be opened again.
    private final class Shelf<S: Store>: Sendable {
        private let stores = Mutex<[String: S]>([:])
        private let make: @Sendable () -> S

        init(_ make: @escaping @Sendable () -> S) { self.make = make }

        func open(_ name: String) -> S {
            stores.withLock { stores in
                let store = stores[name] ?? make()
                stores[name] = store
                return store
            }
        }
    }

    @Test("the store in memory conforms")
    func conforms() async throws {
        let shelf = Shelf { MemoryStore() }
        try await StoreConformance(open: { shelf.open($0) }, journal: { $0.contents.journal }).check()
    }

    @Test("a store begins with another's contents, and lives on its own")
    func contents() throws {
        let account = StoreAccount(chainID: 1, address: .zero)
        let store = MemoryStore()
        try store.append([.paused(until: 1)], of: account, journal: [.object(["a": 1])])
        let copy = MemoryStore(store.contents)
        try copy.append([.paused(until: 2)], of: account, journal: [.object(["a": 2])])
        #expect(try store.records(of: account) == [.paused(until: 1)] && store.contents.journal.count == 1)
        #expect(try copy.records(of: account) == [.paused(until: 1), .paused(until: 2)])
        var chain = JournalChain()
        #expect(copy.contents.journal.allSatisfy { chain.follow($0) })
    }

    /// Breaks one rule at a time.
    private struct Broken: Store {
        enum Rule: CaseIterable {
            case order, loss, accounts, chain, memory, keepers
        }

        let base = MemoryStore()
        let rule: Rule

        func records(of account: StoreAccount) throws(StoreError) -> [Record] {
            let records = try base.records(of: rule == .accounts ? StoreAccount(chainID: 1, address: account.address) : account)
            return switch rule {
            case .order: records.reversed()
            case .loss: records.dropLast(records.count > 100 ? 1 : 0)
            default: records
            }
        }

        func append(_ records: [Record], of account: StoreAccount, journal: [JSON]) throws(StoreError) {
            let account = rule == .accounts ? StoreAccount(chainID: 1, address: account.address) : account
            try base.append(records, of: account, journal: journal)
        }

        func memory(of keeper: String) throws(StoreError) -> [UInt8]? {
            let memory = try base.memory(of: rule == .keepers ? "" : keeper)
            return rule == .memory && memory == [] ? nil : memory
        }

        func setMemory(_ bytes: [UInt8], of keeper: String) throws(StoreError) {
            try base.setMemory(bytes, of: rule == .keepers ? "" : keeper)
        }
    }

    @Test("a store that breaks a rule is found out", arguments: Broken.Rule.allCases)
    private func broken(_ rule: Broken.Rule) async throws {
        let shelf = Shelf { Broken(rule: rule) }
        await withKnownIssue("\(rule)") {
            try await StoreConformance(
                open: { shelf.open($0) },
                journal: { rule == .chain ? $0.base.contents.journal.reversed() : $0.base.contents.journal }
            ).check()
        }
    }

    @Test("the desk in memory does what every desk must")
    func desk() throws {
        let store = MemoryStore()
        try OrderDeskConformance(
            store, place: { store.place($0) }, answer: { store.answer(to: $0) }, lines: { store.contents.journal.count }
        ).check()
    }

    /// Breaks one rule of a desk at a time.
    private struct BrokenDesk: OrderDesk {
        enum Rule: CaseIterable {
            case order, closing, line
        }

        let base = MemoryStore()
        let rule: Rule

        func openRequests() throws(StoreError) -> [(id: UInt64, request: OperatorRequest)] {
            let open = try base.openRequests()
            return rule == .order ? open.reversed() : open
        }

        func answer(
            _ id: UInt64, _ answer: OperatorAnswer, of account: StoreAccount, journal: [JSON]
        ) throws(StoreError) {
            guard rule != .closing else { return }
            try base.answer(id, answer, of: account, journal: rule == .line ? [] : journal)
        }
    }

    @Test("a desk that breaks a rule is found out", arguments: BrokenDesk.Rule.allCases)
    private func brokenDesk(_ rule: BrokenDesk.Rule) throws {
        let desk = BrokenDesk(rule: rule)
        let base = desk.base
        withKnownIssue("\(rule)") {
            try OrderDeskConformance(
                desk, place: { base.place($0) }, answer: { base.answer(to: $0) }, lines: { base.contents.journal.count }
            ).check()
        }
    }

    @Test("a line of a journal that was altered, moved or left out does not follow")
    func chain() {
        var chain = JournalChain()
        let lines = (0..<4).map { chain.link(.object(["number": .integer($0)])) }
        func follows(_ lines: [[UInt8]]) -> Bool {
            var chain = JournalChain()
            return lines.allSatisfy { chain.follow($0) }
        }
        #expect(follows(lines) && !follows(Array(lines.dropFirst())) && !follows([lines[0], lines[2]]))
        #expect(!follows([lines[1], lines[0]]) && !follows([lines[0], Array("no JSON".utf8)]))
        var altered = lines
        altered[1].replace([UInt8(ascii: "1")], with: [UInt8(ascii: "2")], maxReplacements: 1)
        #expect(altered[1] != lines[1] && !follows(altered))
    }
}
