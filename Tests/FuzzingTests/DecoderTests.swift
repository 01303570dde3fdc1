import Fuzzing
import Testing

/// What `make fuzz` does with ten million inputs for each decoder, in this process and with a thousandth of them.
@Suite("Fuzzing decoders")
struct FuzzedDecoderTests {
    /// Inputs that a debug build decodes in about two seconds each.
    static let counts: [String: UInt64] = [
        "rlp": 20_000, "abi": 8_000, "transaction": 4_000, "json-rpc": 1_500, "keystore": 5_000, "cassette": 2_500,
        "journal": 2_500,
    ]

    @Test("mutated inputs break no promise, and enough of them are taken", arguments: FuzzTarget.all.map(\.name))
    func mutated(name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        let mutator = target.mutator(try target.corpus(), seed: 1)
        let count = try #require(Self.counts[name])
        var taken: UInt64 = 0
        for index in 0..<count {
            do throws(BrokenPromise) {
                if try target.run(mutator.input(index)) { taken += 1 }
            } catch {
                Issue.record("fuzz --target \(name) --seed 1 --input \(index): \(error)")
            }
        }
        #expect(taken * 100 > count * 2 && taken * 100 < count * 90, "\(taken) of \(count) were taken")
    }

    @Test(
        "the corpora are short, hold what is taken and what is not, and break no promise", arguments: FuzzTarget.all.map(\.name))
    func corpora(name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        let corpus = try target.corpus()
        var taken = 0
        for entry in corpus.entries where try target.run(entry) { taken += 1 }
        #expect(taken > 0 && taken < corpus.entries.count, "\(taken) of \(corpus.entries.count) entries are taken")
        let mutator = target.mutator(corpus, seed: 3)
        let lengths = (0..<2_000).map { mutator.input(UInt64($0)).count }.sorted()
        #expect(lengths[1_000] < 500, "the median input has \(lengths[1_000]) bytes")
        print("fuzz \(name): corpus of \(corpus.entries.count), \(taken) taken, median input \(lengths[1_000]) bytes")
    }

    @Test("there is a target for every decoder")
    func complete() {
        #expect(Set(FuzzTarget.all.map(\.name)) == Set(Self.counts.keys))
        #expect(FuzzTarget.named("nothing") == nil && FuzzTarget.named("planted-lie") != nil)
    }
}
