import Foundation
import KeeperCore
import KeeperStore
import TestSupport
import Testing

/// Processes that die or meet.
@Suite("Crashes")
struct CrashTests {
    private let folder: StoreFolder
    private var path: String { folder.file() }

    init() throws { folder = try StoreFolder() }

    @Test("a process killed while it appends leaves all that it was told is durable, and at most the append it was at")
    func killed() throws {
        var random = SeededRandom(4)
        var durable: UInt64 = 0
        for round in 0..<30 {
            let probe = try Probe(["append", path])
            #expect(probe.line() == "open")
            for _ in 0..<Int.random(in: 0...12, using: &random) { durable = try #require(probe.line().flatMap { UInt64($0) }) }
            // Somewhere in an append: they follow one another without a pause.
            usleep(UInt32.random(in: 0...3_000, using: &random))
            if let last = probe.kill().last { durable = try #require(UInt64(last)) }
            // Every other round a tool looks first, at the log that the crash left.
            if round % 2 == 0 { #expect(try StoreFile(path: path).report().findings == []) }
            let found = try Probe.batches(in: SQLiteStore(path: path))
            #expect(found == durable || found == durable + 1, "round \(round): \(durable) durable, \(found) found")
            durable = found
        }
        #expect(durable > 30)
        #expect(try StoreFile(path: path).report().findings == [])
    }

    @Test("a process killed while it makes a store leaves nothing that hinders the next")
    func killedEarly() throws {
        var random = SeededRandom(5)
        for round in 0..<20 {
            let place = folder.file("\(round).sqlite")
            let probe = try Probe(["append", place])
            usleep(UInt32.random(in: 0...40_000, using: &random))
            let durable = probe.kill().last.flatMap { UInt64($0) } ?? 0
            let found = try Probe.batches(in: SQLiteStore(path: place))
            #expect(found == durable || found == durable + 1)
        }
    }

    @Test("a second process is refused as long as the first lives, however it ends")
    func two() throws {
        for kills in [false, true] {
            let first = try Probe(["hold", path])
            #expect(first.line() == "open")
            #expect(throws: StoreError(.inUse, "another process has the store \(path)")) { try SQLiteStore(path: path) }
            let second = try ProgramRun.run(ProgramRun.product("store-probe"), ["append", path, "1"])
            #expect(second.status == 80 && second.output.contains("another process has the store"))
            if kills { _ = first.kill() } else { #expect(first.release() == 0) }
            _ = try SQLiteStore(path: path)
        }
    }
}
