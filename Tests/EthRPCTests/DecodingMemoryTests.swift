import Foundation
import TestSupport
import Testing

/// Each shape is decoded in a process of its own, whose growth is measured.
@Suite("Memory that decoding takes", .serialized)
struct DecodingMemoryTests {
    /// A shape of answer, and how many times its own size decoding it may take.
    struct Case: Sendable, CustomTestStringConvertible {
        var shape: String
        var most: Double
        var isRefused = false
        var testDescription: String { shape }
    }

    static let cases = [
        Case(shape: "fees", most: 2, isRefused: true), Case(shape: "rewards", most: 2.5, isRefused: true),
        Case(shape: "emptyRewards", most: 1.5, isRefused: true), Case(shape: "ratios", most: 1.5, isRefused: true),
        Case(shape: "logs", most: 3), Case(shape: "receipts", most: 3), Case(shape: "transactions", most: 12),
        Case(shape: "hashes", most: 2), Case(shape: "withdrawals", most: 3),
        // 24 bytes a value where two or three bytes of text are one.
        Case(shape: "numbers", most: 14), Case(shape: "arrays", most: 10), Case(shape: "members", most: 10),
    ]

    @Test("an answer of 4 MB takes a small multiple of that, whatever it is made of", arguments: cases)
    func growth(_ one: Case) throws {
        let run = try ProgramRun.run(ProgramRun.product("memory-probe"), [one.shape, "4000000"])
        try #require(run.status == 0, "\(run.errors)")
        let words = run.output.split(separator: " ", maxSplits: 2)
        let (size, grown) = (try #require(Double(words[0])), try #require(Double(words[1])))
        #expect(size > 3_990_000)
        #expect(words[2].hasPrefix(one.isRefused ? "refused" : "taken"), "\(words[2])")
        #expect(grown <= one.most * size, "\(one.shape): \(grown / size) times its size")
        print(
            "memory: \(one.shape) takes \((grown / size * 10).rounded() / 10) times the size of the answer, \(words[2])".prefix(
                160))
    }
}
