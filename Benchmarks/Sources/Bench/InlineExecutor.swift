import Synchronization

/// Runs asynchronous work on the calling thread, whose processor time is then that of the work.
final class InlineExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// Runs the work to its end. It may wait for nothing but work of its own.
    static func run<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) throws -> T {
        let executor = InlineExecutor()
        let outcome = Mutex<Result<T, any Error>?>(nil)
        _ = Task(executorPreference: executor) {
            let result: Result<T, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            outcome.withLock { $0 = result }
        }
        while true {
            if let result = outcome.withLock({ $0 }) { return try result.get() }
            guard let job = executor.jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
                preconditionFailure("the work waits for something else")
            }
            job.runSynchronously(on: executor.asUnownedTaskExecutor())
        }
    }
}
