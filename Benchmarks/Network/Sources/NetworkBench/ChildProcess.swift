import Foundation

/// A program that speaks a line at a time.
final class ChildProcess: @unchecked Sendable {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var unread = Data()

    struct Ended: Error, CustomStringConvertible { let description: String }

    init(_ program: URL, _ arguments: [String] = []) throws {
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    func ask(_ line: String) throws -> String {
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
        return try readLine()
    }

    func readLine() throws -> String {
        while true {
            if let end = unread.firstIndex(of: 0x0A) {
                defer { unread = Data(unread[(end + 1)...]) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { throw Ended(description: "\(process.executableURL?.lastPathComponent ?? "a program") ended") }
            unread += more
        }
    }

    func close() {
        // Both end with their input; if that is gone already, so are they.
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
