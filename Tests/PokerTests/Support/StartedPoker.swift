import EthRPC
import Foundation

/// The poker as a process that has just been started, with what it writes to standard error.
struct StartedPoker {
    let process: Process
    let log: LineReader
    /// Signalled once, when it has ended.
    let ended = DispatchSemaphore(value: 0)

    /// - Parameter key: the file that `${KEY_FILE}` in its configuration names.
    init(_ program: URL, _ arguments: [String], key: URL) throws {
        process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ["KEY_FILE": key.path, "PATH": "/usr/bin:/bin"]
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        log = LineReader(errors)
        let ended = ended
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
    }

    /// Whether a line of the log, at level debug, says that the poker has dealt with a block.
    static func deals(_ line: String, with head: BlockHeader) -> Bool {
        line.contains("\"block\":\"\(head.number)\"")
            && (line.contains("\"message\":\"tick\"") || line.contains("\"message\":\"passed\""))
    }
}
