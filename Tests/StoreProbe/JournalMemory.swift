import Glibc
import KeeperCore
import KeeperStore

/// What reading a decision log takes.
enum JournalMemory {
    /// Says how many lines there are, their bytes, and the bytes by which this process grew at most while it read them.
    static func run(_ path: String) throws {
        let file = try JournalFile(path: path)
        let before = try resident("VmRSS:")
        // Forgets the peak of what was before: 5 resets it (proc(5)).
        let descriptor = open("/proc/self/clear_refs", O_WRONLY)
        guard write(descriptor, "5\n", 2) == 2 else { throw Failure() }
        var bytes = 0
        let end = try file.each { bytes += $0.bytes.count }
        Said.line("\(end.lines) \(bytes) \(try resident("VmHWM:") - before)")
    }

    struct Failure: Error {}

    private static func resident(_ name: String) throws -> Int {
        guard let status = fopen("/proc/self/status", "r") else { throw Failure() }
        defer { fclose(status) }
        var buffer = [CChar](repeating: 0, count: 256)
        while fgets(&buffer, Int32(buffer.count), status) != nil {
            let line = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard line.hasPrefix(name) else { continue }
            guard let kibibytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) }) else { throw Failure() }
            return kibibytes * 1024
        }
        throw Failure()
    }
}
