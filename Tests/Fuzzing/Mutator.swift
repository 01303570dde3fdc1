/// Makes inputs from a corpus; the same seed and index make the same input on every machine with the same corpus.
public struct Mutator: Sendable {
    let target: String
    let dialect: Dialect
    let corpus: Corpus
    let seed: UInt64

    public init(target: String, dialect: Dialect, corpus: Corpus, seed: UInt64) {
        self.target = target
        self.dialect = dialect
        self.corpus = corpus
        self.seed = seed
    }

    /// The input of this index.
    public func input(_ index: UInt64) -> [UInt8] {
        var random = FuzzRandom(seed: seed, target: target, index: index)
        guard random.below(64) > 0 else { return noise(&random) }
        var input = entry(&random)
        if random.below(16) == 0 { splice(&input, with: entry(&random), &random) }
        // One change, at times more, seldom many.
        var changes = 1
        while changes < 12, random.below(3) == 0 { changes += 1 }
        for _ in 0..<changes { mutate(&input, &random) }
        if input.count > ByteMutation.longest { input.removeSubrange(ByteMutation.longest...) }
        return input
    }

    /// The shorter of two entries: short inputs reach as deep, and more of them fit into a second.
    private func entry(_ random: inout FuzzRandom) -> [UInt8] {
        corpus.entries[min(random.below(corpus.entries.count), random.below(corpus.entries.count))]
    }

    private func mutate(_ input: inout [UInt8], _ random: inout FuzzRandom) {
        switch dialect {
        case .bytes: ByteMutation.apply(to: &input, &random)
        case .rlp where random.below(2) == 0: RLPMutation.apply(to: &input, &random)
        case .rlp: ByteMutation.apply(to: &input, &random)
        case .words where random.below(4) > 0: WordMutation.apply(to: &input, &random)
        case .words: ByteMutation.apply(to: &input, &random)
        case .json: JSONMutation.apply(to: &input, &random)
        }
    }

    /// The beginning of one and the end of another.
    private func splice(_ input: inout [UInt8], with other: [UInt8], _ random: inout FuzzRandom) {
        input.removeSubrange(random.below(input.count + 1)...)
        input += other[random.below(other.count + 1)...]
    }

    /// Random bytes, or random pieces of the format.
    private func noise(_ random: inout FuzzRandom) -> [UInt8] {
        guard case .json = dialect else { return (0..<random.below(128)).map { _ in random.byte() } }
        return (0..<random.below(24)).flatMap { _ in
            random.below(2) == 0 ? random.one(of: Dialect.jsonValues) : [random.one(of: Dialect.jsonBytes)]
        }
    }
}
