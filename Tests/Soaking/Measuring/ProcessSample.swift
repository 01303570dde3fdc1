import Foundation

/// What this process holds at a moment.
struct ProcessSample: Sendable, Equatable {
    /// Seconds since the beginning.
    var time: Double
    /// Resident memory, KiB.
    var residentKiB: Int
    /// Open file descriptors.
    var descriptors: Int
    /// Operations under way.
    var inFlight: Int

    init(time: Double, residentKiB: Int, descriptors: Int, inFlight: Int) {
        self.time = time
        self.residentKiB = residentKiB
        self.descriptors = descriptors
        self.inFlight = inFlight
    }

    /// Reads `/proc`.
    static func now(time: Double, inFlight: Int) throws -> ProcessSample {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        // One descriptor is that of the folder itself.
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count - 1
        return ProcessSample(
            time: time, residentKiB: line.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0,
            descriptors: descriptors, inFlight: inFlight)
    }
}
