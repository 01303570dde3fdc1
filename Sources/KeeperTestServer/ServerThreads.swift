import NIOPosix

/// Threads of the servers alone: tests may keep the threads of the pool for as long as they like, by work or by waiting for a
/// program, and a client with a timeout finds its server awake all the same.
final class ServerThreads: TaskExecutor {
    static let shared = ServerThreads()

    private let threads = NIOThreadPool(numberOfThreads: 2)

    private init() { threads.start() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        threads.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
