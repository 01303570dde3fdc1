internal import Dispatch
internal import Synchronization

/// Runs many seeds on several threads.
public struct SeedSweep: Sendable {
    public var first: UInt64
    public var count: UInt64
    public var jobs: Int
    /// Each seed's own if `nil`.
    public var kind: SimulationKind?
    public var mutant: Mutant?
    public var observes = false
    /// Told now and then how many seeds are done.
    public var progress: @Sendable (UInt64) -> Void = { _ in }

    public init(first: UInt64 = 1, count: UInt64, jobs: Int, kind: SimulationKind? = nil, mutant: Mutant? = nil) {
        self.first = first
        self.count = count
        self.jobs = max(1, jobs)
        self.kind = kind
        self.mutant = mutant
    }

    public struct Result: Sendable {
        public var done: UInt64 = 0
        /// Of the lowest seed that has one.
        public var failure: (seed: UInt64, kind: SimulationKind, violation: Violation)?
        public var tally = RunTally()
        public var transitions = Transitions()
    }

    /// Seeds that a thread takes at a time.
    private static let portion: UInt64 = 50

    /// Runs the seeds in their order until one fails or all are done.
    public func run() -> Result {
        let state = Mutex((next: first, result: Result()))
        let (end, sweep) = (first + count, self)
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
            while true {
                let portion = state.withLock { state -> Range<UInt64>? in
                    guard state.next < end, state.result.failure == nil else { return nil }
                    let portion = state.next..<min(end, state.next + Self.portion)
                    state.next = portion.upperBound
                    return portion
                }
                guard let portion else { return }
                let part = sweep.run(portion)
                let done = state.withLock { state in
                    state.result.add(part)
                    return state.result.done
                }
                sweep.progress(done)
            }
        }
        return state.withLock { $0.result }
    }

    private func run(_ seeds: Range<UInt64>) -> Result {
        var part = Result()
        for seed in seeds {
            var run = SimulationRun(seed: seed, kind: kind, mutant: mutant)
            run.observes = observes
            let result = run.run()
            part.done += 1
            part.tally.add(result.tally)
            if let transitions = result.transitions { part.transitions.add(transitions) }
            if let violation = result.violation {
                part.failure = (seed, run.kind, violation)
                break
            }
        }
        return part
    }
}

extension SeedSweep.Result {
    mutating func add(_ part: Self) {
        done += part.done
        tally.add(part.tally)
        transitions.add(part.transitions)
        if let failure = part.failure, self.failure.map({ failure.seed < $0.seed }) ?? true {
            self.failure = failure
        }
    }
}
