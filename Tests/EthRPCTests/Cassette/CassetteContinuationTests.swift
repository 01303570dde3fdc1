import EthPrimitives
import Foundation
import TestSupport
import Testing

@testable import EthRPC

@Suite("Recordings that are continued")
struct CassetteContinuationTests {
    private let run = RecordedRun(0..<280)

    @Test(
        "cut off at any byte, a recording of a past range ends up as if nothing had happened",
        arguments: ["a.ndjson", "a.ndjson.gz"])
    func cutOff(_ name: String) throws {
        var random = SeededRandom(0xC07)
        let path = try run.write(name)
        defer { RecordedRun.remove(path) }
        let whole = try RecordedRun.bytes(path)
        let index = name.hasSuffix(".gz") ? try RecordedRun.bytes(CassetteIndex.path(of: path)) : []
        // The first and last bytes, and places in between.
        let places =
            Array(0..<25) + (0..<25).map { whole.count - $0 }
            + (0..<40).map { _ in Int.random(in: 0..<whole.count, using: &random) }
        for place in places {
            try RecordedRun.write(Array(whole[..<place]), path)
            if !index.isEmpty {
                // The index is whatever the crash left of it: behind, torn, gone, or of before.
                let left = Int.random(in: 0...index.count, using: &random)
                try RecordedRun.write(Array(index[..<left]), CassetteIndex.path(of: path))
            }
            try run.complete(path)
            #expect(try RecordedRun.bytes(path) == whole, "cut at byte \(place)")
            if !index.isEmpty { #expect(try RecordedRun.bytes(CassetteIndex.path(of: path)) == index, "cut at byte \(place)") }
        }
        print("continued recordings: \(places.count) cuts of \(whole.count) bytes, \(name)")
    }

    @Test("what a machine's crash may leave behind the last line is cut off", arguments: ["a.ndjson", "a.ndjson.gz"])
    func zeros(_ name: String) throws {
        let path = try run.write(name)
        defer { RecordedRun.remove(path) }
        let whole = try RecordedRun.bytes(path)
        for (cut, zeros) in [(whole.count / 2, 1), (whole.count / 2, 4096), (whole.count - 200, 70_000)] {
            try RecordedRun.write(whole[..<cut] + [UInt8](repeating: 0, count: zeros), path)
            try run.complete(path)
            #expect(try RecordedRun.bytes(path) == whole)
        }
    }

    @Test("one that was stopped in peace and continued is the same file too", arguments: ["a.ndjson", "a.ndjson.gz"])
    func suspended(_ name: String) throws {
        let path = try run.write(name)
        defer { RecordedRun.remove(path) }
        let whole = try RecordedRun.bytes(path)
        for stop in [1, 2, 77, 127, 256, 279] as [UInt64] {
            var part = run
            part.heads = 0..<stop
            RecordedRun.remove(path)
            let writer = try CassetteWriter(path: path, opening: part.opening)
            try part.record(to: writer)
            try writer.suspend()
            #expect(throws: CassetteError.self) { try Cassette(path: path) }
            try run.complete(path)
            #expect(try RecordedRun.bytes(path) == whole, "stopped at \(stop)")
        }
    }

    @Test("a finished one is opened again and has the lines of one that never ended", arguments: ["a.ndjson", "a.ndjson.gz"])
    func reopened(_ name: String) throws {
        let whole = try run.write(name)
        let path = try RecordedRun(0..<150).write("b-" + name)
        defer { RecordedRun.remove(path, whole) }
        let continuation = try #require(try CassetteContinuation(path: path, isRepeatable: false))
        #expect(continuation.isFinished && continuation.lastHead?.block == 149 && continuation.opening == run.opening)
        let writer = try CassetteWriter(continuation)
        try run.record(to: writer, from: 150)
        try writer.finish()
        #expect(try RecordedRun.text(path) == RecordedRun.text(whole))
        #expect(try Cassette(path: path).alteration == nil)
        #expect(try CassetteAudit(path: path).findings == [])
    }

    @Test("a closing line among others, as older recordings have it, is taken out without touching what cannot be recorded again")
    func oldClosing() throws {
        let path = try RecordedRun(0..<150).write("old.ndjson.gz")
        defer { RecordedRun.remove(path) }
        let text = try RecordedRun.text(path)
        let lines = text.split(separator: 0x0A).map { $0 + [0x0A] }
        let members = try [lines[..<256], lines[256...]].map { try Gzip.compress(Array($0.joined())) }
        try RecordedRun.write(members[0] + members[1], path)
        let continuation = try #require(try CassetteContinuation(path: path, isRepeatable: false))
        #expect(continuation.isFinished && continuation.lastHead?.block == 149)
        let writer = try CassetteWriter(continuation)
        #expect(try RecordedRun.text(path) == Array(lines.dropLast().joined()), "what was there is there at once")
        try writer.finish()
        #expect(try RecordedRun.text(path) == text)
        #expect(try CassetteAudit(path: path).findings == [])
    }

    @Test("of one that cannot be recorded again the last head is given up, for it may lack lines, and no other")
    func torn() throws {
        let path = try run.write("live.ndjson.gz", finishes: false)
        defer { RecordedRun.remove(path) }
        let continuation = try #require(try CassetteContinuation(path: path, isRepeatable: false))
        #expect(!continuation.isFinished && continuation.lastHead?.block == 278)
        let writer = try CassetteWriter(continuation)
        try writer.finish()
        let cassette = try Cassette(path: path)
        #expect(cassette.heads.map(\.number) == Array(0..<279))
        #expect(cassette.alteration == nil && cassette.setupHead?.number == 0)
    }

    @Test("damage before the end is refused, not cut off with all that follows")
    func damaged() throws {
        let path = try run.write("damaged.ndjson.gz")
        defer { RecordedRun.remove(path) }
        var bytes = try RecordedRun.bytes(path)
        bytes[400] ^= 0x55
        try RecordedRun.write(bytes, path)
        let error = #expect(throws: CassetteError.self) { try CassetteContinuation(path: path, isRepeatable: true) }
        #expect(
            error?.code == .altered && error?.description.contains("whole members follow") == true, "\(error?.description ?? "")")
        let plain = try run.write("damaged.ndjson")
        defer { RecordedRun.remove(plain) }
        bytes = try RecordedRun.bytes(plain)
        bytes[4000] = 0
        try RecordedRun.write(bytes, plain)
        #expect(throws: CassetteError.self) { try CassetteContinuation(path: plain, isRepeatable: true) }
    }

    @Test(
        "a file that is somebody's is refused, and stays as it is",
        arguments: ["", "hello\n", "hello", "{\"request\":1}\n", "{\"cassette\":2,\"chainId\":1}\n", "\u{1f}"])
    func foreign(_ content: String) throws {
        for name in ["f.ndjson", "f.ndjson.gz"] {
            let path = RecordedExchange.temporaryPath(name)
            defer { RecordedRun.remove(path) }
            for bytes in [Array(content.utf8), try Gzip.compress(Array(content.utf8))] where bytes.count != 1 && !content.isEmpty
            {
                guard name.hasSuffix(".gz") || bytes.first != 0x1F else { continue }
                try RecordedRun.write(bytes, path)
                #expect(throws: CassetteError.self) { try CassetteContinuation(path: path, isRepeatable: true) }
                #expect(try RecordedRun.bytes(path) == bytes)
            }
            try RecordedRun.write([], path)
            #expect(try CassetteContinuation(path: path, isRepeatable: true) == nil)
        }
        #expect(throws: CassetteError.self) { try CassetteContinuation(path: "/nonexistent/file", isRepeatable: true) }
    }

    @Test("two writers of one file are one too many")
    func locked() throws {
        let path = RecordedExchange.temporaryPath("locked.ndjson")
        defer { RecordedRun.remove(path) }
        let writer = try CassetteWriter(path: path, opening: run.opening)
        try run.record(to: writer)
        let continuation = try #require(try CassetteContinuation(path: path, isRepeatable: true))
        let error = #expect(throws: CassetteError.self) { try CassetteWriter(continuation) }
        #expect(error?.description.contains("another process") == true)
        try writer.finish()
    }

    @Test("the newest heads are kept with their lines, to be looked at before going on")
    func recent() throws {
        let path = try run.write("recent.ndjson.gz", finishes: false)
        defer { RecordedRun.remove(path) }
        let continuation = try #require(try CassetteContinuation(path: path, isRepeatable: true))
        #expect(continuation.heads.count == CassetteScan.recentHeads)
        #expect(continuation.heads.first?.label.block == 0 && continuation.heads.last?.label.block == 278)
        #expect(try continuation.heads[1].cassette().heads.map(\.number) == [152])
        #expect(continuation.setup.lines.count == 1)
    }
}
