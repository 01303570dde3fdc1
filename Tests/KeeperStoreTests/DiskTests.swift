import GRDB
import KeeperCore
import TestSupport
import Testing

@testable import KeeperStore

/// Disks that are full or do not answer.
@Suite("Failing disks")
struct DiskTests {
    private let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    @Test("a full database fails for certain, keeps what it has, and goes on when there is room")
    func fullDatabase() throws {
        try Content.make(folder.file())
        let store = try SQLiteStore(path: folder.file())
        let before = try Content.Answers(store)
        try store.queue.writeWithoutTransaction { db in
            let pages = try #require(try Int.fetchOne(db, sql: "PRAGMA page_count"))
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        for _ in 0..<3 {
            let error = #expect(throws: StoreError.self) {
                try store.append((0..<1_000).map(Content.record), of: Content.account, journal: [Content.line(1)])
            }
            #expect(error?.code == .failed && error?.isCertain == true, "\(error as Any)")
            let other = #expect(throws: StoreError.self) {
                try store.setMemory([UInt8](repeating: 7, count: 1 << 20), of: "poker")
            }
            #expect(other?.isCertain == true)
        }
        #expect(try Content.Answers(store) == before)
        try store.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        try store.append((0..<1_000).map(Content.record), of: Content.account, journal: [])
        #expect(try store.records(of: Content.account).count == 1_015)
    }

    @Test("a disk that fills up in the middle of a write fails for certain, and loses nothing, wherever the middle is")
    func fullDisk() throws {
        let run = try ProgramRun.run(ProgramRun.product("store-probe"), ["full", folder.file(), "60"])
        let lines = run.output.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(run.status == 0 && lines.count == 62, "\(run.output.suffix(500)) \(run.errors)")
        var least: UInt64 = 0
        for line in lines.dropFirst().dropLast() {
            #expect(line.dropFirst() == ["failed", "true"], "\(line)")
            let count = try #require(UInt64(line[0]))
            #expect(count >= least)
            least = count
        }
        let last = try #require(lines.last?.first.flatMap { UInt64($0) })
        #expect(last == least + 1 && last > 5)
        #expect(try StoreFile(path: folder.file()).report().findings == [])
        #expect(try Probe.batches(in: SQLiteStore(path: folder.file())) == last)
    }

    @Test("where the disk does not confirm, nobody knows, and nothing is answered any more")
    func unsynced() throws {
        let run = try ProgramRun.run(ProgramRun.product("store-probe"), ["unsynced", folder.file()])
        #expect(run.output == "open\nnotCertain false\nnotCertain false\nnotCertain\n", "\(run.output) \(run.errors)")
        // Here the device took nothing, so that the next process finds one batch.
        #expect(try Probe.batches(in: SQLiteStore(path: folder.file())) == 1)
    }

    @Test(
        "a failed commit is certain only where its last frame cannot be there",
        arguments: [
            (ResultCode.SQLITE_FULL, true), (.SQLITE_IOERR_WRITE, true), (.SQLITE_BUSY, true), (.SQLITE_BUSY_SNAPSHOT, true),
            (.SQLITE_CONSTRAINT_FOREIGNKEY, true), (.SQLITE_READONLY, true), (.SQLITE_IOERR_FSYNC, false),
            (.SQLITE_IOERR_DIR_FSYNC, false), (.SQLITE_IOERR_SHMSIZE, false), (.SQLITE_IOERR_SHMMAP, false),
            (.SQLITE_IOERR, false),
            (.SQLITE_IOERR_TRUNCATE, false), (.SQLITE_NOMEM, false), (.SQLITE_INTERNAL, false), (.SQLITE_ERROR, false),
            (.SQLITE_CORRUPT, false), (.SQLITE_INTERRUPT, false), (.SQLITE_PROTOCOL, false), (ResultCode(rawValue: 9_999), false),
        ])
    func commits(_ result: ResultCode, _ isCertain: Bool) {
        #expect((StoreError.code(of: result, isCommitting: true) != .notCertain) == isCertain)
        #expect(StoreError.code(of: result, isCommitting: false) != .notCertain, "nothing is durable before the commit")
    }
}
