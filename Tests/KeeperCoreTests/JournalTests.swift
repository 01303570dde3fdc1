import KeeperTransactions
import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import Testing

@testable import KeeperCore

@Suite("Journal")
struct JournalTests {
    private static let zero = "0x" + String(repeating: "0", count: 64)

    /// The lines of a journal whose chain of hashes holds, recomputed from the bytes alone; `nil` where it breaks.
    private func chain(_ bytes: [UInt8]) throws -> [[String: Any]]? {
        guard bytes.isEmpty || bytes.last == 0x0A else { return nil }
        var previous = Self.zero
        var records: [[String: Any]] = []
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            // Broken lines break the chain.
            guard let object = (try? JSONSerialization.jsonObject(with: Data(line))) as? [String: Any],
                object["prev"] as? String == previous
            else { return nil }
            records.append(object)
            previous = Keccak256.hash(Array(line)).description
        }
        return records
    }

    private func write(_ path: String, _ records: [JSON]) throws -> B256 {
        let journal = try Journal(path: path)
        for record in records { try journal.append(record) }
        return journal.digest
    }

    private let records: [JSON] = (1...5).map {
        .object(["n": .integer($0), "kind": "test", "a": .object(["z": 1, "b": ["x", .null]])])
    }

    @Test("each line carries the hash of the line before; the digest is that of the newest")
    func chained() throws {
        let path = TemporaryFile.path("journal")
        defer { TemporaryFile.remove(path) }
        let digest = try write(path, records)
        let bytes = try TemporaryFile.bytes(path)
        let lines = try #require(try chain(bytes))
        #expect(lines.map { $0["n"] as? Int } == [1, 2, 3, 4, 5])
        let last = try #require(bytes.split(separator: 0x0A).last)
        #expect(digest == Keccak256.hash(Array(last)))
    }

    @Test("keys are sorted at every depth, one compact line a record")
    func sorted() throws {
        let path = TemporaryFile.path("journal")
        defer { TemporaryFile.remove(path) }
        _ = try write(path, [records[0]])
        let text = String(decoding: try TemporaryFile.bytes(path), as: UTF8.self)
        #expect(text == #"{"a":{"b":["x",null],"z":1},"kind":"test","n":1,"prev":"\#(Self.zero)"}"# + "\n")
    }

    @Test("a log that is kept nowhere hashes alike")
    func inMemory() throws {
        let path = TemporaryFile.path("journal")
        defer { TemporaryFile.remove(path) }
        let journal = Journal()
        for record in records { try journal.append(record) }
        #expect(try journal.digest == write(path, records))
        #expect(journal.count == 5)
        #expect(Journal().digest.isZero)
    }

    @Test("reopening goes on with the chain and the count")
    func reopening() throws {
        let path = TemporaryFile.path("journal")
        defer { TemporaryFile.remove(path) }
        var digest = try write(path, Array(records[..<2]))
        for record in records[2...] {
            #expect(try Journal(path: path).digest == digest)
            digest = try write(path, [record])
        }
        #expect(try Journal(path: path).count == 5)
        #expect(try chain(TemporaryFile.bytes(path))?.count == 5)
    }

    @Test("a second process on the same log is refused")
    func inUse() throws {
        let path = TemporaryFile.path("journal")
        defer { TemporaryFile.remove(path) }
        let first = try Journal(path: path)
        #expect(throws: JournalError.self) { try Journal(path: path) }
        #expect(first.count == 0)
    }

    @Test("a last line that a crash cut off, after any byte, is removed, and the chain goes on without it")
    func cutOff() throws {
        let path = TemporaryFile.path("journal")
        defer { TemporaryFile.remove(path) }
        _ = try write(path, Array(records[..<2]))
        let whole = try TemporaryFile.bytes(path)
        let first = try #require(whole.firstIndex(of: 0x0A)) + 1
        for length in first..<whole.count {
            try TemporaryFile.write(Array(whole[..<length]), path)
            #expect(try Journal(path: path).count == 1)
            _ = try write(path, [records[2]])
            #expect(try chain(TemporaryFile.bytes(path))?.map { $0["n"] as? Int } == [1, 3], "cut at \(length)")
        }
    }

    @Test("a flipped bit in any line but the newest breaks the chain")
    func flipped() throws {
        let path = TemporaryFile.path("journal")
        defer { TemporaryFile.remove(path) }
        _ = try write(path, Array(records[..<3]))
        let whole = try TemporaryFile.bytes(path)
        let last = try #require(whole.dropLast().lastIndex(of: 0x0A))
        for index in 0..<last where index % 3 == 0 {
            var bytes = whole
            bytes[index] ^= 0x01
            #expect(try chain(bytes) == nil, "byte \(index)")
        }
    }

    @Test("a path that cannot be opened is an error that names it")
    func unopenable() {
        let error = #expect(throws: JournalError.self) { _ = try Journal(path: "/nonexistent/folder/journal") }
        #expect(error?.description.contains("/nonexistent/folder/journal") == true)
    }

    @Test("records of decisions and outcomes carry the head that they belong to")
    func heads() throws {
        let head = BlockHeader(
            number: 7, hash: BlockHash(), parentHash: BlockHash(), timestamp: 99, gasLimit: 1, gasUsed: 1, baseFeePerGas: nil)
        let decision = try JournalRecord.decision(Decision(notes: [Note("idle", subject: "eth", "nothing is due")]), at: head)
        #expect(decision["kind"] == "decision" && decision["block"] == 7 && decision["time"] == 99)
        #expect(decision["decision"]?["notes"]?.array?.first?["text"] == "nothing is due")
        let id = IntentID(keeper: "poker", target: "all", epoch: 1)
        let outcome = try JournalRecord.outcome(.refused(intent: id, reason: "no"), at: head)
        #expect(outcome["kind"] == "outcome" && outcome["outcome"]?["refused"] != nil)
    }
}
