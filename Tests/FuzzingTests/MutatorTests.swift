import Foundation
import Testing

@testable import Fuzzing

@Suite("Mutator")
struct MutatorTests {
    static let corpus = Corpus([
        Array("{\"a\":[1,2]}".utf8), Array("null".utf8), [0xc2, 0x01, 0x80], [UInt8](repeating: 7, count: 90),
    ])

    @Test("an input follows from seed, target and number alone", arguments: [Dialect.bytes, .rlp, .words, .json])
    func determinism(dialect: Dialect) {
        func mutator(_ target: String, _ seed: UInt64) -> Mutator {
            Mutator(target: target, dialect: dialect, corpus: Self.corpus, seed: seed)
        }
        let inputs = (0..<300).map { mutator("a", 1).input($0) }
        #expect((0..<300).reversed().map { mutator("a", 1).input($0) }.reversed() == inputs)
        #expect((0..<300).map { mutator("a", 2).input($0) } != inputs)
        #expect((0..<300).map { mutator("b", 1).input($0) } != inputs)
        #expect(Set(inputs).count > 150)
        #expect(inputs.allSatisfy { $0.count <= ByteMutation.longest })
    }

    @Test("numbers of neighbouring inputs have nothing in common")
    func independence() {
        var numbers: Set<UInt64> = []
        for index in 0..<1_000 {
            var random = FuzzRandom(seed: 1, target: "a", index: UInt64(index))
            for _ in 0..<10 { numbers.insert(random.next()) }
        }
        #expect(numbers.count == 10_000)
        var random = FuzzRandom(seed: 1, target: "a", index: 0)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<7_000 { counts[random.below(7)] += 1 }
        #expect(counts.allSatisfy { $0 > 850 && $0 < 1_150 }, "\(counts)")
    }

    @Test("every kind of mutation stands empty and tiny inputs")
    func small() {
        for dialect in [Dialect.bytes, .rlp, .words, .json] {
            for entries in [[[UInt8]](), [[0]], [[0xc0]], [[0x5b]], [[1, 0xc0]], [[0, 0]]] {
                let mutator = Mutator(target: "a", dialect: dialect, corpus: Corpus(entries), seed: 9)
                for index in 0..<2_000 { _ = mutator.input(UInt64(index)) }
            }
        }
    }

    @Test("a corpus comes back from its file, in order of length, without doubles and giants")
    func corpora() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("corpus-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        let corpus = Corpus([[1, 2, 3], [9], [1, 2, 3], [UInt8](repeating: 0, count: Corpus.longestEntry + 1)])
        #expect(corpus.entries == [[], [9], [1, 2, 3]])
        try corpus.write(to: file)
        #expect(try Corpus(contentsOf: file) == corpus)
        #expect(try Corpus(contentsOf: file).digest == corpus.digest && Corpus([[9]]).digest != corpus.digest)
        try Data([0, 0, 0, 0, 0, 0, 0, 9, 1]).write(to: file)
        #expect(throws: CocoaError.self) { try Corpus(contentsOf: file) }
        #expect(Corpus((0..<5_000).map { [UInt8($0 / 256), UInt8($0 % 256)] }).entries.count <= Corpus.mostEntries)
    }

    @Test("changes of JSON and RLP mostly leave JSON and RLP")
    func structure() throws {
        func share(_ dialect: Dialect, _ entry: [UInt8], _ isWhole: ([UInt8]) -> Bool) -> Double {
            let mutator = Mutator(target: "a", dialect: dialect, corpus: Corpus([entry]), seed: 5)
            return Double((0..<1_000).filter { isWhole(mutator.input(UInt64($0))) }.count) / 1_000
        }
        let rlp = try #require(FuzzTarget.named("rlp"))
        let list: [UInt8] = [0xca, 0x83, 0x61, 0x62, 0x63, 0xc2, 0x01, 0x02, 0x82, 0x80, 0x81]
        let structured = share(.rlp, list) { (try? rlp.run($0)) == true }
        #expect(structured > 0.25 && structured > share(.bytes, list) { (try? rlp.run($0)) == true })
    }
}
