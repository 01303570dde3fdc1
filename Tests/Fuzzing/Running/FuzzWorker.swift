internal import Foundation

/// Runs a range of inputs in this process and keeps its status up to date. It is the parent that notices crashes and hangs.
struct FuzzWorker {
    let target: FuzzTarget
    let mutator: Mutator
    let limits: FuzzLimits
    let status: WorkerStatus
    /// Memory is looked at after so many inputs: reading it takes longer than many an input.
    let memoryEvery: UInt64

    /// Why a worker came to its end.
    enum End: Int32 { case finished = 0, outOfMemory = 33 }

    /// - Parameters:
    ///   - seconds: stops after so long even if inputs are left.
    ///   - report: takes what was found; several at most `limits.mostFindings`.
    func run(_ range: Range<UInt64>, seconds: Double, report: (Finding) -> Void) -> End {
        let end = Meter.monotonicNanoseconds() + UInt64(seconds * 1e9)
        let baseline = Meter.peakKiB()
        status[.baseline] = UInt64(baseline)
        status[.peak] = UInt64(baseline)
        var found = 0
        var index = range.lowerBound
        var before = Meter.threadNanoseconds()
        while index < range.upperBound {
            status[.index] = index
            status[.begun] = 1
            let input = mutator.input(index)
            do {
                if try target.run(input) { status[.accepted] += 1 }
            } catch {
                found += 1
                report(finding(.promise, index, error.description))
            }
            let now = Meter.threadNanoseconds()
            let time = now - before < Self.suspicious ? now - before : remeasured(input, now - before)
            note(time, of: index)
            if Double(time) > limits.milliseconds * 1e6 {
                found += 1
                report(finding(.hang, index, "took \(time / 1_000_000) ms"))
            }
            before = time == now - before ? now : Meter.threadNanoseconds()
            status[.done] += 1
            index += 1
            guard index % memoryEvery == 0 || index == range.upperBound || found >= limits.mostFindings else { continue }
            let peak = Meter.peakKiB()
            status[.peak] = UInt64(peak)
            if peak - baseline > limits.mebibytes << 10 { return .outOfMemory }
            if found >= limits.mostFindings || Meter.monotonicNanoseconds() > end { break }
            before = Meter.threadNanoseconds()
        }
        return .finished
    }

    /// Nanoseconds from which a time is measured again: on a busy virtual machine the clock of a thread now and then counts what others
    /// took.
    private static let suspicious: UInt64 = 5_000_000

    /// The shortest of three times: an input that is slow is slow again.
    private func remeasured(_ input: [UInt8], _ first: UInt64) -> UInt64 {
        var shortest = first
        for _ in 0..<2 {
            let before = Meter.threadNanoseconds()
            // What it came to is known from the first time.
            _ = try? target.run(input)
            shortest = min(shortest, Meter.threadNanoseconds() - before)
        }
        return shortest
    }

    private func note(_ nanoseconds: UInt64, of index: UInt64) {
        guard nanoseconds > status[.slowest] else { return }
        status[.slowest] = nanoseconds
        status[.slowestIndex] = index
    }

    private func finding(_ kind: Finding.Kind, _ index: UInt64, _ detail: String) -> Finding {
        Finding(target: target.name, kind: kind, seed: mutator.seed, index: index, detail: detail)
    }
}
