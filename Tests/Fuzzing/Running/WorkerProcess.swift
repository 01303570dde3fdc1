internal import Foundation

/// A worker as its parent sees it.
final class WorkerProcess {
    private let process = Process()
    private let status: WorkerStatus
    private let output: URL
    let order: WorkerOrder

    // For noticing hangs: the last index that was seen, since when, and at what CPU time.
    private var seenIndex: UInt64?
    private var seenAt: UInt64 = 0
    private var seenCPU: UInt64 = 0
    private var isHanging = false

    /// How a worker ended.
    enum End {
        case finished
        /// Memory went over the limit with one of the last inputs, of which this was the last.
        case outOfMemory(UInt64)
        case crash(UInt64, String)
        case hang(UInt64)
        /// It fell before it began with its work, which is not the decoder's doing.
        case failure(String)
    }

    init(program: URL, order: WorkerOrder, output: URL) throws {
        self.order = order
        self.output = output
        for file in [order.findings, output] where !FileManager.default.fileExists(atPath: file.path) {
            guard FileManager.default.createFile(atPath: file.path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
        }
        try? FileManager.default.removeItem(at: order.status)  // left from the worker before, or not there
        status = try WorkerStatus(order.status)
        process.executableURL = program
        process.arguments = order.arguments
        // A trace of the stack takes seconds; `--input` gives it when it is wanted.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: output)
        try process.run()
    }

    /// What the worker has done so far.
    var tally: WorkerTally { WorkerTally(status) }

    /// The index after the last that was begun; the first of the order before that.
    var nextIndex: UInt64 { status[.begun] == 1 ? status[.index] + 1 : order.range.lowerBound }

    /// Looks whether the worker ended, and ends it if it hangs; `nil` while it runs.
    func poll() -> End? {
        guard process.isRunning else { return end() }
        let now = Meter.monotonicNanoseconds()
        let cpu = Meter.processNanoseconds(process.processIdentifier) ?? 0
        guard status[.begun] == 1, status[.index] == seenIndex else {
            (seenIndex, seenAt, seenCPU) = (status[.begun] == 1 ? status[.index] : nil, now, cpu)
            return nil
        }
        let (wall, busy) = (Double(now - seenAt) / 1e6, Double(cpu - min(cpu, seenCPU)) / 1e6)
        // Twice the limit: an input that comes back by itself is reported, with its time, by the worker.
        if busy > 2 * order.limits.milliseconds + 20 || wall > order.limits.idleSeconds * 1e3 {
            isHanging = true
            stop()
        }
        return nil
    }

    func stop() { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    private func end() -> End {
        let index = status[.index]
        if isHanging { return .hang(index) }
        if process.terminationReason == .exit, process.terminationStatus == FuzzWorker.End.outOfMemory.rawValue {
            return .outOfMemory(index)
        }
        if process.terminationReason == .exit, process.terminationStatus == 0 { return .finished }
        let said = (try? String(contentsOf: output, encoding: .utf8))?.split(separator: "\n").last  // no text, nothing said
        let how = process.terminationReason == .exit ? "exit status" : "signal"
        let detail = "\(how) \(process.terminationStatus)" + (said.map { ": \($0.prefix(300))" } ?? "")
        return status[.begun] == 1 ? .crash(index, detail) : .failure(detail)
    }
}
