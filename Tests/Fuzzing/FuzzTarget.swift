/// One decoder under attack.
public struct FuzzTarget: Sendable {
    public let name: String
    let dialect: Dialect
    /// What its mutations begin with: a few inputs of our own, and those of third parties where they are present.
    let makeCorpus: @Sendable () throws -> Corpus
    /// Decodes an input; `true` if it was taken.
    let decode: @Sendable ([UInt8]) throws(BrokenPromise) -> Bool

    public init(
        _ name: String, _ dialect: Dialect, corpus: @escaping @Sendable () throws -> Corpus,
        decode: @escaping @Sendable ([UInt8]) throws(BrokenPromise) -> Bool
    ) {
        self.name = name
        self.dialect = dialect
        makeCorpus = corpus
        self.decode = decode
    }

    public func corpus() throws -> Corpus { try makeCorpus() }

    public func mutator(_ corpus: Corpus, seed: UInt64) -> Mutator {
        Mutator(target: name, dialect: dialect, corpus: corpus, seed: seed)
    }

    /// Decodes one input and checks what the decoder promises of what it takes.
    /// - Returns: whether the decoder took it.
    public func run(_ input: [UInt8]) throws(BrokenPromise) -> Bool { try decode(input) }
}
