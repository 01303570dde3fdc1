/// What workers of one target have done, summed up.
struct WorkerTally: Sendable {
    var done: UInt64 = 0
    var accepted: UInt64 = 0
    /// CPU time of the slowest input, in nanoseconds, and which it was.
    var slowest: UInt64 = 0
    var slowestIndex: UInt64 = 0
    /// Most memory above the corpus that a worker had, in KiB.
    var peakKiB = 0

    init() {}

    init(_ status: WorkerStatus) {
        done = status[.done]
        accepted = status[.accepted]
        slowest = status[.slowest]
        slowestIndex = status[.slowestIndex]
        peakKiB = Int(status[.peak]) - Int(status[.baseline])
    }

    mutating func add(_ other: WorkerTally) {
        done += other.done
        accepted += other.accepted
        if other.slowest > slowest { (slowest, slowestIndex) = (other.slowest, other.slowestIndex) }
        peakKiB = max(peakKiB, other.peakKiB)
    }
}
