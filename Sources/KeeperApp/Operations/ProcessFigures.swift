import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// What the system says of this process; 0 where it does not say.
struct ProcessFigures: Sendable {
    /// Bytes.
    var resident: UInt64 = 0
    /// Seconds of user and system time.
    var cpu: Double = 0
    var openFiles: Int = 0

    static func current() -> Self {
        var figures = Self()
        var usage = rusage()
        if getrusage(RUSAGE_SELF.rawValue, &usage) == 0 {
            figures.cpu =
                Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
        }
        // Only Linux has these; elsewhere there is nothing to say.
        if let statm = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) {  // see above
            let pages = statm.split(separator: " ").dropFirst().first.flatMap { UInt64($0) } ?? 0
            figures.resident = pages * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
        }
        figures.openFiles = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0  // see above
        return figures
    }
}
