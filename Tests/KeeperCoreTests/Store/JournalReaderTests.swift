import EthCodec
import EthPrimitives
import TestSupport
import Testing

@testable import KeeperCore

/// Decision logs that come in pieces.
@Suite("Journal reader")
struct JournalReaderTests {
    private static let lines: [[UInt8]] = {
        var chain = JournalChain()
        return (0..<12).map { chain.link(.object(["number": .integer($0), "text": .string("ä\n\u{0} 🪙 \"\\")])) }
    }()

    private func read(_ pieces: some Sequence<ArraySlice<UInt8>>) throws -> (lines: [JournalLine], end: JournalEnd) {
        var reader = JournalReader()
        var lines: [JournalLine] = []
        for piece in pieces { try reader.take(piece) { lines.append($0) } }
        return (lines, try reader.finish())
    }

    @Test("pieces of any length give the same lines")
    func pieces() throws {
        let bytes: [UInt8] = Self.lines.flatMap { line -> [UInt8] in line + [0x0A] }
        let whole = try read([bytes[...]])
        #expect(whole.lines.map(\.bytes) == Self.lines && whole.lines.map(\.number) == Array(1...12))
        #expect(whole.end == JournalEnd(lines: 12, digest: Keccak256.hash(try #require(Self.lines.last))))
        var random = SeededRandom(1)
        for length in [1, 2, 7, 64] {
            let parts = stride(from: 0, to: bytes.count, by: length).map { bytes[$0..<min(bytes.count, $0 + length)] }
            let read = try read(parts)
            #expect(read.lines == whole.lines && read.end == whole.end)
        }
        for _ in 0..<20 {
            let at = Int.random(in: 0...bytes.count, using: &random)
            let read = try read([bytes[..<at], [], bytes[at...]])
            #expect(read.lines == whole.lines && read.end == whole.end)
        }
    }

    @Test("a line that never ends is refused, in bounded memory")
    func endless() throws {
        var reader = JournalReader()
        let piece = Array("{\"".utf8) + [UInt8](repeating: 0x20, count: (1 << 20) - 2)
        var pieces = 0
        let error = #expect(throws: StoreError.self) {
            while pieces < 100 {
                try reader.take(piece[...]) { _ in }
                pieces += 1
            }
        }
        #expect(pieces == 16 && error?.description == "line 1 of the journal is longer than any that is written")
    }

    @Test(
        "JSON that is no line as it was written is refused",
        arguments: [
            "{\"kind\":\"x\", \"prev\":\"0x0000000000000000000000000000000000000000000000000000000000000000\"}",
            "{\"prev\":\"0x0000000000000000000000000000000000000000000000000000000000000000\",\"kind\":\"x\"}",
            "{\"prev\":\"0x0000000000000000000000000000000000000000000000000000000000000000\",\"prev\":\"0x00\"}",
            "{\"a\":{\"b\":1,\"b\":1},\"prev\":\"0x0000000000000000000000000000000000000000000000000000000000000000\"}",
            "{\"a\":\"\\u0041\",\"prev\":\"0x0000000000000000000000000000000000000000000000000000000000000000\"}",
            "[\"prev\",\"0x0000000000000000000000000000000000000000000000000000000000000000\"]", "{\"prev\":0}", "{}", "null", "",
        ])
    func form(_ line: String) {
        var chain = JournalChain()
        #expect(throws: JournalChain.Break.form) { try chain.read(Array(line.utf8)) }
    }
}
