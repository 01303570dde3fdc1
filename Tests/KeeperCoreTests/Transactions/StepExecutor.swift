import Synchronization

/// Runs jobs one at a time, on the thread of whoever asks for the next: what happens in a test, and in which order, depends on nothing
/// else.
final class StepExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var next = 0
    }

    private let state = Mutex(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
    }

    /// Runs the job that has waited longest.
    /// - Returns: `false` if there is none.
    func step() -> Bool {
        let job: UnownedJob? = state.withLock { state in
            guard state.next < state.jobs.count else {
                state.jobs.removeAll(keepingCapacity: true)
                state.next = 0
                return nil
            }
            state.next += 1
            return state.jobs[state.next - 1]
        }
        guard let job else { return false }
        job.runSynchronously(on: asUnownedTaskExecutor())
        return true
    }

    /// Runs jobs until there are none.
    func drain() { while step() {} }
}
