import Glibc
import KeeperCore
import KeeperStore

/// A disk that is full at every place in turn: the system refuses to let any file grow beyond a size.
struct FullDisk {
    let store: SQLiteStore

    init(_ store: SQLiteStore) { self.store = store }

    /// Each round lets the log grow by some more bytes, appends until that fails, and then gives the room back. Says of each round how many
    /// batches there are and what the failure was.
    func run(rounds: UInt64) throws(StoreError) {
        signal(SIGXFSZ, SIG_IGN)
        for round in 0..<rounds {
            var status = stat()
            guard stat(store.path + "-wal", &status) == 0 else { Said.end(70, "no log") }
            // Steps that hit the frames of the log, of 24 and 4,096 bytes, at many different places.
            limit(UInt64(status.st_size) + 97 * round)
            var failure: StoreError?
            while failure == nil {
                do throws(StoreError) {
                    try ProbeBatch(try ProbeBatch.count(in: store)).append(to: store)
                } catch {
                    failure = error
                }
            }
            limit(UInt64(UInt.max))
            guard let failure else { continue }
            Said.line("\(try ProbeBatch.count(in: store)) \(failure.code) \(failure.isCertain)")
        }
        try ProbeBatch(try ProbeBatch.count(in: store)).append(to: store)
        Said.line("\(try ProbeBatch.count(in: store))")
    }

    private func limit(_ bytes: UInt64) {
        var limit = rlimit(rlim_cur: UInt(bytes), rlim_max: UInt.max)
        guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { Said.end(70, "no limit") }
    }
}
