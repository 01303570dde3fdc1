internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#endif

/// What the machine says of a process: Linux only, which is where fuzzing is run.
enum Meter {
    /// CPU time of the calling thread in nanoseconds: a busy machine does not make it longer.
    static func threadNanoseconds() -> UInt64 { nanoseconds(CLOCK_THREAD_CPUTIME_ID) }

    /// A clock that only goes forward, in nanoseconds.
    static func monotonicNanoseconds() -> UInt64 { nanoseconds(CLOCK_MONOTONIC) }

    private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// The most memory that this process ever had resident, in KiB: `VmHWM` of `/proc/self/status`, 0 if there is no such file.
    static func peakKiB() -> Int {
        guard let status = readSmallFile("/proc/self/status"),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return Int(line.split(whereSeparator: { $0 == " " || $0 == "\t" })[1]) ?? 0
    }

    /// CPU time of another process in nanoseconds, in steps of the kernel's tick; `nil` if it is gone.
    static func processNanoseconds(_ process: Int32) -> UInt64? {
        guard let stat = readSmallFile("/proc/\(process)/stat"), let end = stat.lastIndex(of: ")") else { return nil }
        // Behind the name: state is field 3, user time 14, system time 15.
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = UInt64(fields[11]), let system = UInt64(fields[12]) else { return nil }
        return (user + system) * (1_000_000_000 / UInt64(sysconf(Int32(_SC_CLK_TCK))))
    }

    /// Without Foundation's buffers, which would be measured too.
    private static func readSmallFile(_ path: String) -> String? {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 1) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
        }
    }
}
