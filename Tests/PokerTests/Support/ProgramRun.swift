import Foundation

/// A program run to its end.
struct ProgramRun {
    var status: Int32
    var output: String
    var errors: String

    /// Runs a program with just these variables in its environment, and waits.
    static func run(_ program: URL, _ arguments: [String], environment: [String: String] = [:]) throws -> ProgramRun {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
        let output = FileManager.default.temporaryDirectory.appending(path: "out-\(UUID().uuidString)")
        let errors = FileManager.default.temporaryDirectory.appending(path: "err-\(UUID().uuidString)")
        for file in [output, errors] { try Data().write(to: file) }
        defer {
            for file in [output, errors] { try? FileManager.default.removeItem(at: file) }  // left for the system to clear
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        ended.wait()
        return ProgramRun(
            status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }

    static func poker(_ arguments: [String], environment: [String: String] = [:]) throws -> ProgramRun {
        try run(Project.poker, arguments, environment: environment)
    }

    /// The one line that an error is told in.
    var message: String { errors.trimmingCharacters(in: .whitespacesAndNewlines) }
}
