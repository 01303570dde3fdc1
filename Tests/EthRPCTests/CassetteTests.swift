import EthCodec
import EthPrimitives
import TestSupport
import Testing

@testable import EthRPC

@Suite("Cassettes")
struct CassetteTests {
    /// The lines of a recording of `count` exchanges, as bytes without line feeds.
    private func lines(_ count: Int) throws -> [[UInt8]] {
        let path = RecordedExchange.temporaryPath("lines.ndjson")
        defer { RecordedExchange.remove(path) }
        try RecordedExchange.write(count, to: path)
        return try RecordedExchange.file(path).split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
            .dropLast()
    }

    private func joined(_ lines: [[UInt8]]) -> [UInt8] { lines.flatMap { $0 + [0x0A] } }

    @Test(
        "what is written is read back, plain and compressed",
        arguments: [(0, "a.ndjson"), (0, "a.ndjson.gz"), (3, "a.ndjson"), (700, "a.ndjson.gz")])
    func roundTrip(_ count: Int, _ name: String) throws {
        let path = RecordedExchange.temporaryPath(name)
        defer { RecordedExchange.remove(path) }
        try RecordedExchange.write(count, to: path)
        let cassette = try Cassette(path: path)
        #expect(cassette.chainID == 1337)
        #expect(cassette.exchangeCount == count)
        #expect(cassette.heads == (0..<UInt64(count)).map(RecordedExchange.head))
        #expect(cassette.alteration == nil && cassette.notes.isEmpty && cassette.missingHeader == nil)
        for number in 0..<UInt64(count) {
            let answers = cassette.recorded(CanonicalRequest(RecordedExchange.balance(at: RecordedExchange.head(number))))
            #expect(try answers.map { try RPCResponse(parsing: $0).result() } == [Quantity.encode(number)])
        }
    }

    @Test("the digest is the Keccak-256 hash of the lines before the closing one")
    func digest() throws {
        let lines = try lines(5)
        let ending = try JSONScanner.parse(try #require(lines.last))
        #expect(ending["end"] == 5)
        #expect(ending["digest"]?.string == Keccak256.hash(joined(lines.dropLast())).description)
        #expect(lines.first == Array(#"{"cassette":1,"chainId":1337}"#.utf8))
    }

    @Test("a compressed recording consists of members of at most 256 lines, the closing line alone, each complete in itself")
    func members() throws {
        let path = RecordedExchange.temporaryPath("m.gz")
        defer { RecordedExchange.remove(path) }
        try RecordedExchange.write(700, to: path)
        let bytes = try RecordedExchange.file(path)
        let starts =
            bytes.indices.filter { $0 + 3 < bytes.count && bytes[$0...].starts(with: [0x1F, 0x8B, 0x08, 0x00]) } + [bytes.count]
        var counts: [Int] = []
        for (start, end) in zip(starts, starts.dropFirst()) {
            let text = try Gzip.decompress(Array(bytes[start..<end]))
            #expect(text.last == 0x0A)
            counts.append(text.count { $0 == 0x0A })
        }
        #expect(counts == [256, 256, 189, 1])
        // A crash between members loses nothing that was complete: the rest is readable, and known to be unfinished.
        let error = #expect(throws: CassetteError.self) { try Cassette(ndjson: Gzip.decompress(Array(bytes[..<starts[2]]))) }
        #expect(error?.code == .unfinished)
    }

    @Test("equal exchanges make equal files")
    func determinism() throws {
        let paths = [RecordedExchange.temporaryPath("x.gz"), RecordedExchange.temporaryPath("y.gz")]
        defer { paths.forEach(RecordedExchange.remove) }
        for path in paths { try RecordedExchange.write(300, to: path) }
        #expect(try RecordedExchange.file(paths[0]) == RecordedExchange.file(paths[1]))
    }

    @Test("a line that was removed is missed, whichever it is")
    func missingLines() throws {
        let whole = try lines(4)
        for index in 1...4 {
            var lines = whole
            lines.remove(at: index)
            let error = #expect(throws: CassetteError.self) { try Cassette(ndjson: joined(lines)) }
            #expect(error?.code == .missingLines)
        }
        let doubled = #expect(throws: CassetteError.self) { try Cassette(ndjson: joined(whole[..<2] + [whole[1]] + whole[2...])) }
        #expect(doubled?.code == .missingLines)
    }

    @Test("without its closing line a recording of ours is unfinished; without its opening line it is altered")
    func frames() throws {
        let whole = try lines(4)
        let unfinished = #expect(throws: CassetteError.self) { try Cassette(ndjson: joined(whole.dropLast())) }
        #expect(unfinished?.code == .unfinished)
        let opened = try Cassette(ndjson: joined(Array(whole.dropFirst())))
        #expect(opened.alteration?.code == .altered && opened.chainID == nil)
        let after = #expect(throws: CassetteError.self) { try Cassette(ndjson: joined(whole + [whole[1]])) }
        #expect(after?.code == .malformedLine)
        let twice = #expect(throws: CassetteError.self) { try Cassette(ndjson: joined(whole[..<1] + whole)) }
        #expect(twice?.code == .malformedLine)
    }

    @Test("changing any byte before the closing line is noticed")
    func alteration() throws {
        let whole = joined(try lines(2))
        let before = joined(try lines(2).dropLast()).count
        for index in 0..<before where whole[index] != 0x0A {
            var bytes = whole
            bytes[index] = bytes[index] == 0x31 ? 0x32 : 0x31
            do throws(CassetteError) {
                let cassette = try Cassette(ndjson: bytes)
                #expect(cassette.alteration?.code == .altered, "byte \(index)")
            } catch {
                #expect(error.code == .malformedLine || error.code == .missingLines, "byte \(index): \(error)")
            }
        }
    }

    @Test("swapped lines are as many, and yet altered")
    func swapped() throws {
        var lines = try lines(3)
        lines.swapAt(1, 2)
        #expect(try Cassette(ndjson: joined(lines)).alteration?.code == .altered)
    }

    @Test("a gzip file that ends early, at any byte, is unreadable or unfinished")
    func truncatedGzip() throws {
        let path = RecordedExchange.temporaryPath("t.gz")
        defer { RecordedExchange.remove(path) }
        try RecordedExchange.write(4, to: path)
        let bytes = try RecordedExchange.file(path)
        let closing = try #require(bytes.indices.last { bytes[$0...].starts(with: Gzip.header) })
        let error = #expect(throws: CassetteError.self) { try Cassette(ndjson: Gzip.decompress(Array(bytes[..<closing]))) }
        #expect(error?.code == .unfinished)
        for length in 1..<bytes.count where length != closing {
            let error = #expect(throws: CassetteError.self) { try Gzip.decompress(Array(bytes[..<length])) }
            #expect(error?.code == .unreadable)
        }
        #expect(throws: CassetteError.self) { try Gzip.decompress(bytes + [0x00]) }
        #expect(throws: CassetteError.self) { try Gzip.decompress(bytes, limit: 100) }
    }

    @Test("a file that is not there is unreadable")
    func absent() {
        let error = #expect(throws: CassetteError.self) { try Cassette(path: RecordedExchange.temporaryPath("absent")) }
        #expect(error?.code == .unreadable)
        #expect(throws: CassetteError.self) { try CassetteWriter(path: "/nonexistent/folder/file", chainID: 1) }
    }

    @Test("a foreign file is accepted, and noted as such")
    func foreign() throws {
        let cassette = try Cassette(ndjson: joined(Array(try lines(3).dropFirst().dropLast())))
        #expect(cassette.chainID == nil)
        #expect(cassette.exchangeCount == 3 && cassette.heads.count == 3)
        #expect(cassette.notes.count == 1 && cassette.notes.first?.contains("foreign") == true)
    }

    @Test(
        "a line that is no exchange is named by its number",
        arguments: [
            "{}", "[]", "1", "{\"request\":{\"id\":1,\"method\":\"x\"}}", "{\"request\":{\"id\":1},\"response\":{\"id\":1}}",
            "{\"request\":", "\"x\"",
        ])
    func malformed(_ line: String) throws {
        let error = #expect(throws: CassetteError.self) {
            try Cassette(ndjson: joined(Array(try lines(1)[1..<2]) + [Array(line.utf8)]))
        }
        #expect(error?.code == .malformedLine)
        #expect(error?.description.contains("line 2") == true)
    }

    @Test("state of a block whose header is not recorded is remembered as a gap")
    func missingHeader() throws {
        let head = RecordedExchange.head(7)
        let path = RecordedExchange.temporaryPath("gap.ndjson")
        defer { RecordedExchange.remove(path) }
        let writer = try CassetteWriter(path: path, chainID: 1)
        try writer.record([RecordedExchange.balance(at: head)], [RecordedExchange.response(1, "0x1")], head: head)
        try writer.finish()
        let cassette = try Cassette(path: path)
        #expect(cassette.missingHeader?.code == .noRecordedAnswer)
        #expect(cassette.missingHeader?.message.contains("block 7 (\(head.hash))") == true)
    }

    @Test(
        "recorded node errors are answers, not damage",
        arguments: ["eth_getLogs", "eth_getTransactionReceipt", "eth_getBlockReceipts", "eth_call"])
    func recordedErrors(_ method: String) throws {
        let line =
            "{\"request\":{\"id\":1,\"method\":\"\(method)\",\"params\":[]},\"response\":{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"no\"}}}"
        let cassette = try Cassette(ndjson: Array(line.utf8))
        #expect(cassette.recorded(CanonicalRequest(method: method, params: [])).count == 1)
        #expect(cassette.evidencedBlocks.isEmpty)
    }

    @Test("logs of a range of blocks are evidence of their own blocks")
    func rangeOfLogs() throws {
        let logs: [JSON] = (1...3 as ClosedRange<UInt64>).map { number in
            let head = RecordedExchange.head(number)
            return .object([
                "address": "0x00000000000000000000000000000000000000ff", "topics": [], "data": "0x", "logIndex": "0x0",
                "blockHash": .string(head.hash.description), "blockNumber": Quantity.encode(number),
                "transactionHash": .string(BlockHash().description),
            ])
        }
        let path = RecordedExchange.temporaryPath("logs.ndjson")
        defer { RecordedExchange.remove(path) }
        let writer = try CassetteWriter(path: path, chainID: 1)
        try writer.record(
            [RPCRequest(method: "eth_getLogs", params: [.object(["fromBlock": "0x1", "toBlock": "0x3"])])],
            [RecordedExchange.response(1, .array(logs))], head: nil)
        try writer.finish()
        let cassette = try Cassette(path: path)
        #expect(cassette.evidencedBlocks.map(\.number) == [1, 2, 3])
        for number in 1...3 as ClosedRange<UInt64> {
            #expect(cassette.evidence(of: RecordedExchange.head(number).hash)?.logs.map(\.blockNumber) == [number])
        }
    }

    @Test("mutated recordings never crash: they load or say what is wrong")
    func fuzz() throws {
        var random = SeededRandom(0xCA55)
        let whole = joined(try lines(6))
        var loaded = 0
        for _ in 0..<4_000 {
            let bytes = random.mutation(of: whole)
            guard let cassette = try? Cassette(ndjson: bytes) else { continue }  // refusing is the usual answer
            loaded += 1
            #expect(cassette.alteration != nil || cassette.chainID == nil || bytes == whole || cassette.exchangeCount == 6)
        }
        print("4,000 mutated recordings, \(loaded) loaded")
    }

    @Test("mutated gzip bytes never crash")
    func fuzzGzip() throws {
        var random = SeededRandom(0x6217)
        let packed = try Gzip.compress(joined(try lines(6)))
        for _ in 0..<1_000 {
            guard let bytes = try? Gzip.decompress(random.mutation(of: packed)) else { continue }  // refusing is the usual answer
            _ = try? Cassette(ndjson: bytes)
        }
    }
}
