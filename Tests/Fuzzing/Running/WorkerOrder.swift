internal import Foundation

/// What a parent tells a worker, as arguments of the program that both are.
public struct WorkerOrder: Sendable {
    /// The first argument of a worker.
    public static let verb = "worker"

    var target: String
    var seed: UInt64
    var range: Range<UInt64>
    var seconds: Double
    var memoryEvery: UInt64
    var limits: FuzzLimits
    var corpus: URL
    var status: URL
    /// Where what the worker notices itself is written, a line each.
    var findings: URL

    var arguments: [String] {
        [
            Self.verb, target, String(seed), String(range.lowerBound), String(range.upperBound), String(seconds),
            String(memoryEvery),
            String(limits.milliseconds), String(limits.mebibytes), String(limits.mostFindings), corpus.path, status.path,
            findings.path,
        ]
    }

    init(
        target: String, seed: UInt64, range: Range<UInt64>, seconds: Double, memoryEvery: UInt64, limits: FuzzLimits, corpus: URL,
        status: URL, findings: URL
    ) {
        self.target = target
        self.seed = seed
        self.range = range
        self.seconds = seconds
        self.memoryEvery = memoryEvery
        self.limits = limits
        self.corpus = corpus
        self.status = status
        self.findings = findings
    }

    /// Reads `arguments` again; `nil` for anything else.
    public init?(_ arguments: [String]) {
        guard arguments.count == 13, arguments[0] == Self.verb, let seed = UInt64(arguments[2]), let first = UInt64(arguments[3]),
            let end = UInt64(arguments[4]), first <= end, let seconds = Double(arguments[5]),
            let memoryEvery = UInt64(arguments[6]),
            let milliseconds = Double(arguments[7]), let mebibytes = Int(arguments[8]), let mostFindings = Int(arguments[9])
        else { return nil }
        var limits = FuzzLimits()
        limits.milliseconds = milliseconds
        limits.mebibytes = mebibytes
        limits.mostFindings = mostFindings
        self.init(
            target: arguments[1], seed: seed, range: first..<end, seconds: seconds, memoryEvery: memoryEvery, limits: limits,
            corpus: URL(fileURLWithPath: arguments[10]), status: URL(fileURLWithPath: arguments[11]),
            findings: URL(fileURLWithPath: arguments[12]))
    }

    /// Does what is ordered, in this process, and returns the code to exit with.
    public func carryOut() throws -> Int32 {
        guard let target = FuzzTarget.named(target) else { throw CocoaError(.featureUnsupported) }
        let mutator = target.mutator(try Corpus(contentsOf: corpus), seed: seed)
        let worker = FuzzWorker(
            target: target, mutator: mutator, limits: limits, status: try WorkerStatus(status), memoryEvery: memoryEvery)
        let file = try FileHandle(forWritingTo: findings)
        try file.seekToEnd()
        let end = worker.run(range, seconds: seconds) { finding in
            let detail = finding.detail.map { $0.isNewline ? " " : $0 }
            file.write(Data("\(finding.index) \(finding.kind.rawValue) \(String(detail))\n".utf8))
        }
        return end.rawValue
    }
}
