import EthCodec
import GRDB
import KeeperCore
import KeeperStore
import KeeperTesting
import Testing

/// Requests of operators: left from outside, taken and answered by the process that has the store.
@Suite("Requests of operators")
struct OrderDeskTests {
    private let folder: StoreFolder
    private var path: String { folder.file() }

    init() throws { folder = try StoreFolder() }

    private static let requests: [OperatorRequest] = [
        .cancel("7"), .bump("0xab"), .pause(seconds: 60), .pauseUntil(1_700_000_000), .resume, .adopt,
    ]

    private func open(_ store: SQLiteStore) throws -> [OperatorRequest] { try store.openRequests().map(\.request) }

    @Test("it does what every desk must")
    func conformance() throws {
        let store = try SQLiteStore(path: path)
        let counter = try OrderCounter(path: path)
        try OrderDeskConformance(
            store, place: { try counter.place($0) }, answer: { try counter.answer(to: $0) },
            lines: { try store.journalLines().count }
        ).check()
    }

    @Test("every request arrives as it was left, in its order, and is answered once, with a line in the journal")
    func arrives() throws {
        let store = try SQLiteStore(path: path)
        let counter = try OrderCounter(path: path)
        let ids = try Self.requests.map { try counter.place($0) }
        #expect(try open(store) == Self.requests)
        #expect(try store.openRequests().map(\.id) == ids)
        let answer = OperatorAnswer(isAccepted: true, "paused")
        try store.answer(ids[2], answer, of: Content.account, journal: [Content.line(1)])
        #expect(try counter.answer(to: ids[2]) == answer && counter.answer(to: ids[0]) == nil)
        #expect(try open(store).count == Self.requests.count - 1)
        #expect(try store.journalLines().count == 1)
        // A second answer changes nothing of the first.
        try store.answer(ids[2], OperatorAnswer(isAccepted: false, "no"), of: Content.account, journal: [])
        #expect(try counter.answer(to: ids[2]) == answer)
        #expect(try !counter.withdraw(ids[2]))
    }

    @Test("a request that was withdrawn is gone, its number is not given again, and answering it harms nothing")
    func withdrawn() throws {
        let store = try SQLiteStore(path: path)
        let counter = try OrderCounter(path: path)
        let id = try counter.place(.resume)
        #expect(try counter.withdraw(id) && !counter.withdraw(id))
        #expect(try open(store).isEmpty)
        try store.answer(id, OperatorAnswer(isAccepted: true, "late"), of: Content.account, journal: [])
        #expect(try counter.answer(to: id) == nil)
        #expect(try counter.place(.resume) > id)
    }

    @Test("requests outlive the process, and need no process to be left")
    func lasting() throws {
        _ = try SQLiteStore(path: path)
        let id = try OrderCounter(path: path).place(.adopt)
        #expect(try SQLiteStore(path: path).openRequests().map(\.id) == [id])
    }

    @Test("what this version cannot read is left to the one that can; no store, an old one and a newer one take none")
    func strange() throws {
        #expect(throws: StoreError.self) { try OrderCounter(path: folder.file("none")) }
        let store = try SQLiteStore(path: path)
        let other = try DatabaseQueue(path: path)
        try other.write { db in
            try db.execute(sql: "INSERT INTO request (time, request) VALUES (1, '{\"dance\":{}}'), (2, 'no json'), (3, '')")
        }
        _ = try OrderCounter(path: path).place(.resume)
        #expect(try open(store) == [.resume])
        try other.write { try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '0002-requests'") }
        #expect(throws: StoreError.self) { try OrderCounter(path: path) }
        try other.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('0002-requests'), ('0099-later')") }
        #expect(throws: StoreError.self) { try OrderCounter(path: path) }
    }

    @Test("two hundred requests left beside a writing keeper: none is lost, none twice")
    func busy() async throws {
        let store = try SQLiteStore(path: path)
        let path = path
        try await withThrowingTaskGroup { group in
            group.addTask {
                for number in 0..<200 as Range<UInt64> {
                    try store.append([Content.record(number)], of: Content.account, journal: [Content.line(number)])
                }
            }
            for part in 0..<4 {
                group.addTask {
                    let counter = try OrderCounter(path: path)
                    for number in 0..<50 { _ = try counter.place(.cancel("\(part)/\(number)")) }
                }
            }
            try await group.waitForAll()
        }
        let found = try open(store)
        #expect(Set(found).count == 200 && found.count == 200)
    }
}
