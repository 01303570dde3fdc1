public import Foundation

/// A program run to its end.
public struct ProgramRun: Sendable {
    public var status: Int32
    public var output: String
    public var errors: String

    /// The one line that an error is told in.
    public var message: String { errors.trimmingCharacters(in: .whitespacesAndNewlines) }

    /// A program that was built with these tests, in the folder that the test bundle runs from.
    public static func product(_ name: String) -> URL {
        let arguments = CommandLine.arguments.map { URL(filePath: $0) }
        let bundle = arguments.first { $0.pathExtension == "xctest" } ?? arguments[0]
        return bundle.deletingLastPathComponent().appending(path: name)
    }

    /// Runs a program with just these variables in its environment, and waits.
    public static func run(
        _ program: URL, _ arguments: [String], environment: [String: String] = [:], input: [UInt8]? = nil
    ) throws -> ProgramRun {
        let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // left for the system to clear
        let files = ["in", "out", "err"].map { folder.appending(path: $0) }
        for file in files { try Data(file == files[0] ? input ?? [] : []).write(to: file) }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
        process.standardInput = input == nil ? FileHandle.nullDevice : try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        ended.wait()
        return ProgramRun(
            status: process.terminationStatus, output: try String(contentsOf: files[1], encoding: .utf8),
            errors: try String(contentsOf: files[2], encoding: .utf8))
    }
}
