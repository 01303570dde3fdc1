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
        let ended = DispatchSemaphore(value: 0)
        let running = try Running(program, arguments, environment, input) { ended.signal() }
        ended.wait()
        return try running.result()
    }

    /// The same without holding a thread meanwhile: for programs that talk to a server of the test.
    public static func awaiting(
        _ program: URL, _ arguments: [String], environment: [String: String] = [:], input: [UInt8]? = nil
    ) async throws -> ProgramRun {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let running = try Running(program, arguments, environment, input) { end.finish() }
        for await _ in ends {}
        return try running.result()
    }

    /// A program that runs, its streams being files: nothing that it writes can make it wait.
    private struct Running {
        let folder: URL
        let process: Process

        init(
            _ program: URL, _ arguments: [String], _ environment: [String: String], _ input: [UInt8]?,
            _ end: @escaping @Sendable () -> Void
        ) throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let files = ["in", "out", "err"].map { [folder] in folder.appending(path: $0) }
            for file in files { try Data(file == files[0] ? input ?? [] : []).write(to: file) }
            process = Process()
            process.executableURL = program
            process.arguments = arguments
            process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
            process.standardInput = input == nil ? FileHandle.nullDevice : try FileHandle(forReadingFrom: files[0])
            process.standardOutput = try FileHandle(forWritingTo: files[1])
            process.standardError = try FileHandle(forWritingTo: files[2])
            process.terminationHandler = { _ in end() }
            try process.run()
        }

        func result() throws -> ProgramRun {
            defer { try? FileManager.default.removeItem(at: folder) }  // left for the system to clear
            return ProgramRun(
                status: process.terminationStatus,
                output: try String(contentsOf: folder.appending(path: "out"), encoding: .utf8),
                errors: try String(contentsOf: folder.appending(path: "err"), encoding: .utf8))
        }
    }
}
