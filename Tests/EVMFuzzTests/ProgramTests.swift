import Foundation
import Testing

@Suite("fuzz-evm, the program")
struct ProgramTests {
    private static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("fuzz-evm")

    private func run(_ arguments: String...) throws -> (output: String, errors: String, status: Int32) {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = Self.program
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let texts = [output, errors].map { String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) }
        process.waitUntilExit()
        return (texts[0], texts[1], process.terminationStatus)
    }

    @Test("ends with 0, what happened, and a summary")
    func clean() throws {
        let (output, errors, status) = try run("--programs", "300", "--seed", "5", "--jobs", "2")
        #expect(status == 0 && errors.isEmpty)
        #expect(output.contains("\n300 programs in ") && output.hasSuffix("no law broken\n"))
        #expect(output.contains("transactions succeeded"))
    }

    @Test("runs one program alone")
    func one() throws {
        let (output, _, status) = try run("--program", "17")
        #expect(status == 0 && output.contains("\n1 programs in "))
    }

    @Test(
        "explains itself, and ends with 64 for wrong options",
        arguments: [["--programs"], ["--programs", "x"], ["--jobs", "0"], ["-x", "1"]])
    func wrong(options: [String]) throws {
        let (output, errors, status) = try run(options[0], options.count > 1 ? options[1] : "--seed")
        #expect(status == 64 && output.isEmpty)
        #expect(errors.contains("usage: fuzz-evm"))
        #expect(try run("--help").output.hasPrefix("usage: fuzz-evm"))
    }
}
