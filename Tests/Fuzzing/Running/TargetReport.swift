public import EthPrimitives

/// What came out for one target.
public struct TargetReport: Sendable {
    public let target: String
    public let seed: UInt64
    public internal(set) var inputs: UInt64 = 0
    /// Share of the inputs that the decoder took, from 0 to 1.
    public internal(set) var accepted: Double = 0
    public internal(set) var seconds: Double = 0
    /// CPU time of the slowest input that came back, in milliseconds.
    public internal(set) var slowestMilliseconds: Double = 0
    public internal(set) var slowestIndex: UInt64 = 0
    /// Most memory above that of the loaded corpus, in MiB.
    public internal(set) var peakMebibytes: Double = 0
    public internal(set) var findings: [Finding] = []
    public let corpusEntries: Int
    public let corpusMedian: Int
    public let corpusDigest: B256

    init(target: String, seed: UInt64, corpus: Corpus) {
        self.target = target
        self.seed = seed
        corpusEntries = corpus.entries.count
        corpusMedian = corpus.medianLength
        corpusDigest = corpus.digest
    }

    public var rate: Double { seconds > 0 ? Double(inputs) / seconds : 0 }
}
