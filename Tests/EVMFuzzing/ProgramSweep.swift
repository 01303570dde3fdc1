import Dispatch
import Foundation
import Synchronization

/// Runs many programs on several threads.
public struct ProgramSweep: Sendable {
    public var seed: UInt64
    public var first: UInt64
    public var count: UInt64
    public var jobs: Int
    /// When to stop even if not all are done.
    public var deadline: ContinuousClock.Instant?
    /// Told now and then how many are done.
    public var progress: @Sendable (UInt64) -> Void = { _ in }

    public init(seed: UInt64, first: UInt64 = 0, count: UInt64, jobs: Int) {
        self.seed = seed
        self.first = first
        self.count = count
        self.jobs = max(1, jobs)
    }

    public struct Result: Sendable {
        public var tally = FuzzTally()
        /// The lowest program that broke a law.
        public var failure: (program: FuzzCase, violation: Violation)?
    }

    /// Programs that a thread takes at a time.
    private static let portion: UInt64 = 500
    /// Threads whose programs are known to who asks after a crash.
    public static let jobLimit = 64

    /// The program that each thread runs, for the last words of a process that crashes. Written by its thread, read by a signal handler.
    public nonisolated(unsafe) static let running: UnsafeMutablePointer<UInt64> = {
        let numbers = UnsafeMutablePointer<UInt64>.allocate(capacity: jobLimit)
        numbers.initialize(repeating: .max, count: jobLimit)
        return numbers
    }()

    /// Runs the programs in their order until one breaks a law, all are done or the time is over.
    public func run() throws -> Result {
        let world = try FuzzWorld(realCode: RealCode(folder: RealCode.folder))
        let state = Mutex((next: first, result: Result()))
        let (end, sweep) = (first + count, self)
        DispatchQueue.concurrentPerform(iterations: min(jobs, Self.jobLimit)) { job in
            let judge = Judge(world)
            while true {
                let portion = state.withLock { state -> Range<UInt64>? in
                    let isOver = sweep.deadline.map { ContinuousClock.now >= $0 } ?? false
                    guard !isOver, state.next < end, state.result.failure == nil else { return nil }
                    let portion = state.next..<min(end, state.next + Self.portion)
                    state.next = portion.upperBound
                    return portion
                }
                guard let portion else { break }
                let failure = Self.judge(portion, sweep.seed, judge, job)
                let done = state.withLock { state in
                    if let failure, state.result.failure.map({ failure.program.number < $0.program.number }) ?? true {
                        state.result.failure = failure
                    }
                    return state.next - sweep.first
                }
                sweep.progress(done)
            }
            Self.running[job] = .max
            state.withLock { $0.result.tally.add(judge.tally) }
        }
        return state.withLock { $0.result }
    }

    private static func judge(
        _ numbers: Range<UInt64>, _ seed: UInt64, _ judge: Judge, _ job: Int
    ) -> (program: FuzzCase, violation: Violation)? {
        for number in numbers {
            running[job] = number
            let program = FuzzCase(judge.world, seed: seed, number: number)
            do throws(Violation) { try judge.judge(program) } catch { return (program, error) }
        }
        return nil
    }
}
