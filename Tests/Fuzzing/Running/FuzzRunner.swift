public import Foundation

/// Runs targets one after another, each on all cores in processes of their own, and survives what they do.
public struct FuzzRunner {
    /// The program whose `worker` command carries out a `WorkerOrder`.
    public let program: URL
    public var seed: UInt64
    /// Inputs of each target.
    public var inputs: UInt64
    /// Time of each target.
    public var seconds: Double
    public var jobs: Int
    public var limits = FuzzLimits()
    /// Told now and then how far a target is.
    public var progress: (TargetReport) -> Void = { _ in }

    public init(program: URL, seed: UInt64, inputs: UInt64, seconds: Double, jobs: Int) {
        self.program = program
        self.seed = seed
        self.inputs = inputs
        self.seconds = seconds
        self.jobs = max(1, jobs)
    }

    /// Runs one target.
    /// - Throws: `FuzzError` if workers do not start, errors of the file system.
    public func run(_ target: FuzzTarget) throws -> TargetReport {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "fuzz-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // Nobody needs the folder afterwards; one that stays is the system's to clean.
        defer { try? FileManager.default.removeItem(at: folder) }
        let corpus = try target.corpus()
        try corpus.write(to: folder.appendingPathComponent("corpus"))
        var run = TargetRun(self, target, corpus, folder)
        try run.toTheEnd()
        return run.report
    }
}

/// The run of one target.
private struct TargetRun {
    let runner: FuzzRunner
    let target: FuzzTarget
    let folder: URL
    let begun = Meter.monotonicNanoseconds()
    var report: TargetReport
    var ended = WorkerTally()
    var workers: [Int: WorkerProcess] = [:]

    init(_ runner: FuzzRunner, _ target: FuzzTarget, _ corpus: Corpus, _ folder: URL) {
        self.runner = runner
        self.target = target
        self.folder = folder
        report = TargetReport(target: target.name, seed: runner.seed, corpus: corpus)
    }

    private var elapsed: Double { Double(Meter.monotonicNanoseconds() - begun) / 1e9 }

    mutating func toTheEnd() throws {
        defer { for worker in workers.values { worker.stop() } }
        let jobs = UInt64(runner.jobs)
        for job in 0..<jobs { try start(Int(job), runner.inputs * job / jobs..<runner.inputs * (job + 1) / jobs) }
        var round = 0
        while !workers.isEmpty {
            usleep(10_000)
            for (job, worker) in workers {
                guard let end = worker.poll() else { continue }
                workers[job] = nil
                // What is looked at again was counted before.
                if worker.order.memoryEvery > 1 { ended.add(worker.tally) }
                try take(end, of: worker, job)
            }
            round += 1
            if round % 50 == 0 {
                update()
                runner.progress(report)
            }
        }
        collectFindings()
        update()
    }

    private mutating func start(_ job: Int, _ range: Range<UInt64>, memoryEvery: UInt64 = 256) throws {
        guard !range.isEmpty, runner.seconds > elapsed, report.findings.count < runner.limits.mostFindings else { return }
        let order = WorkerOrder(
            target: target.name, seed: runner.seed, range: range, seconds: min(runner.seconds - elapsed, 1e6),
            memoryEvery: memoryEvery,
            limits: runner.limits, corpus: folder.appendingPathComponent("corpus"),
            status: folder.appendingPathComponent("status-\(job)"),
            findings: folder.appendingPathComponent("findings-\(job)"))
        workers[job] = try WorkerProcess(
            program: runner.program, order: order, output: folder.appendingPathComponent("output-\(job)"))
    }

    private mutating func take(_ end: WorkerProcess.End, of worker: WorkerProcess, _ job: Int) throws {
        let rest = worker.nextIndex..<max(worker.nextIndex, worker.order.range.upperBound)
        switch end {
        case .finished:
            if let left = leftBehind.removeValue(forKey: job) {
                // The second look saw no single input: they did it together.
                let range = worker.order.range
                find(
                    .memory, range.lowerBound,
                    "inputs \(range.lowerBound) to \(range.upperBound - 1) took more than \(runner.limits.mebibytes) MiB")
                try start(job, left)
            }
        case .failure(let detail): throw FuzzError(description: "a worker fell before its first input: \(detail)")
        case .crash(let index, let detail):
            find(.crash, index, detail)
            try start(job, rest)
        case .hang(let index):
            find(.hang, index, "did not come back")
            try start(job, rest)
        case .outOfMemory(let last):
            if worker.order.memoryEvery == 1 {
                find(.memory, last, "took more than \(runner.limits.mebibytes) MiB")
                try start(job, leftBehind.removeValue(forKey: job) ?? rest)
            } else {
                // One of the inputs since the last look: look after each of them, then go on behind them.
                leftBehind[job] = rest
                let first = max(worker.order.range.lowerBound, last - last % worker.order.memoryEvery)
                try start(job, first..<last + 1, memoryEvery: 1)
            }
        }
    }

    /// What is to be done after a second look, by job.
    private var leftBehind: [Int: Range<UInt64>] = [:]

    private mutating func find(_ kind: Finding.Kind, _ index: UInt64, _ detail: String) {
        report.findings.append(Finding(target: target.name, kind: kind, seed: runner.seed, index: index, detail: detail))
    }

    /// Adds what the workers noticed themselves.
    private mutating func collectFindings() {
        for job in 0..<runner.jobs {
            let file = folder.appendingPathComponent("findings-\(job)")
            // No file, no worker of that number.
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: " ", maxSplits: 2)
                guard parts.count == 3, let index = UInt64(parts[0]), let kind = Finding.Kind(rawValue: String(parts[1])) else {
                    continue
                }
                find(kind, index, String(parts[2]))
            }
        }
        report.findings.sort { $0.index < $1.index }
    }

    private mutating func update() {
        var tally = ended
        for worker in workers.values { tally.add(worker.tally) }
        report.inputs = tally.done
        report.accepted = tally.done > 0 ? Double(tally.accepted) / Double(tally.done) : 0
        report.seconds = elapsed
        report.slowestMilliseconds = Double(tally.slowest) / 1e6
        report.slowestIndex = tally.slowestIndex
        report.peakMebibytes = Double(tally.peakKiB) / 1024
    }
}
