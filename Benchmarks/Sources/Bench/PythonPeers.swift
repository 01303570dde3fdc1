import Foundation

/// The Python process that runs peers.py: it is told a function and how often, and answers with the nanoseconds that took.
final class PythonPeers {
    private let process = Process()
    private let toPython = Pipe()
    private let fromPython = Pipe()
    private var unread = Data()

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// `nil` where no virtual environment is made: those peers are left out then.
    init?(folder: URL, samples: String) throws {
        let python = folder.appendingPathComponent(".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else { return nil }
        process.executableURL = python
        process.arguments = ["-u", folder.appendingPathComponent("peers.py").path, samples]
        process.standardInput = toPython
        process.standardOutput = fromPython
        try process.run()
    }

    func run(_ function: String, _ iterations: Int) throws -> Double {
        try toPython.fileHandleForWriting.write(contentsOf: Data("\(function) \(iterations)\n".utf8))
        let answer = readLine()
        guard let nanoseconds = Double(answer) else { throw Failure(description: "peers.py \(function): \(answer)") }
        return nanoseconds
    }

    func close() {
        // Python ends when its input does; if that is gone already, so is Python.
        try? toPython.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private func readLine() -> String {
        while true {
            if let end = unread.firstIndex(of: 0x0A) {
                let line = String(decoding: unread[unread.startIndex..<end], as: UTF8.self)
                unread = Data(unread[(end + 1)...])
                return line
            }
            let more = fromPython.fileHandleForReading.availableData
            if more.isEmpty { return "no answer" }
            unread += more
        }
    }
}
