internal import Dispatch
public import EthTransactions
internal import Synchronization

/// Runs all tests of some files on several threads.
public struct StateTestCampaign: Sendable {
    /// The only fork that counts; `nil` takes all.
    public var fork: Fork?
    /// Which cases count.
    public var include: @Sendable (StateTestCase) -> Bool
    public var threads: Int

    public init(
        fork: Fork?, threads: Int = 2, include: @escaping @Sendable (StateTestCase) -> Bool = { _ in true }
    ) {
        self.fork = fork
        self.threads = threads
        self.include = include
    }

    /// Cases of one test, for one thread.
    private struct Job: Sendable {
        var test: StateTest
        var cases: ArraySlice<StateTest.Case>
    }

    /// Where the threads stand together.
    private struct Progress {
        var files: TestFiles
        /// Of files that are read: there are tests of thousands of cases, and some of two that take long.
        var jobs: [Job] = []
        var error: ConformanceError?
    }

    private enum Work {
        case job(Job)
        case file(TestFiles.File)
    }

    /// Runs everything, and returns when all is done.
    /// - Parameters:
    ///   - each: gets results, on any of the threads, in no order.
    /// - Throws: `ConformanceError` for the first file that cannot be read; then the rest is left.
    public func run(_ paths: [String], each: @escaping @Sendable ([StateTestResult]) -> Void) throws(ConformanceError) {
        let progress = Mutex(Progress(files: try TestFiles(paths)))
        DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
            let runner = StateTestRunner()
            while let work = progress.withLock({ Self.next(&$0) }) {
                switch work {
                case .job(let job): each(runner.run(job.test, job.cases))
                case .file(let file):
                    do throws(ConformanceError) {
                        let jobs = try jobs(of: file)
                        progress.withLock { $0.jobs += jobs }
                    } catch {
                        progress.withLock { $0.error = $0.error ?? error }
                    }
                }
            }
        }
        if let error = progress.withLock({ $0.error }) { throw error }
    }

    private static func next(_ progress: inout Progress) -> Work? {
        guard progress.error == nil else { return nil }
        if let job = progress.jobs.popLast() { return .job(job) }
        do throws(ConformanceError) {
            return try progress.files.next().map { .file($0) }
        } catch {
            progress.error = error
            return nil
        }
    }

    private func jobs(of file: TestFiles.File) throws(ConformanceError) -> [Job] {
        try StateTest.read(file.bytes, file: file.place).flatMap { test in
            let cases = test.cases(file: file.name, fork: fork, include: include)
            let share = max(1, cases.count / (2 * max(1, threads)))
            return stride(from: 0, to: cases.count, by: share).map {
                Job(test: test, cases: cases[$0..<min(cases.count, $0 + share)])
            }
        }
    }
}
