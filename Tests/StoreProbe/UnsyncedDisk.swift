import Glibc
import KeeperCore
import KeeperStore

/// A disk that takes every byte and then does not say that it has them: fsync(2) fails, as it does once when a device has lost writes.
struct UnsyncedDisk {
    let store: SQLiteStore

    init(_ store: SQLiteStore) { self.store = store }

    /// Appends a batch while the disk works, and two when it does not. Says what each failure was.
    func run() throws(StoreError) {
        try ProbeBatch(0).append(to: store)
        breakLog()
        for number in 1...2 as ClosedRange<UInt64> {
            do throws(StoreError) {
                try ProbeBatch(number).append(to: store)
                Said.line("durable")
            } catch {
                Said.line("\(error.code) \(error.isCertain)")
            }
        }
        do throws(StoreError) {
            _ = try store.records(of: ProbeBatch.account)
            Said.line("read")
        } catch {
            Said.line("\(error.code)")
        }
        // As the process of a keeper would: without closing.
        _exit(0)
    }

    /// Puts a device without fsync(2) in the place of SQLite's log.
    private func breakLog() {
        var name = [CChar](repeating: 0, count: 4_096)
        for descriptor in 3..<64 as Range<Int32> {
            let count = readlink("/proc/self/fd/\(descriptor)", &name, name.count - 1)
            guard count > 0 else { continue }
            let path = String(decoding: name[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard path == store.path + "-wal" else { continue }
            guard dup2(open("/dev/null", O_RDWR), descriptor) == descriptor else { Said.end(70, "no device") }
            return
        }
        Said.end(70, "no log")
    }
}
