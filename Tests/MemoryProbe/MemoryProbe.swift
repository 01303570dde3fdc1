import EthCodec
import EthRPC
import Foundation

/// usage: memory-probe SHAPE BYTES
///
/// Makes an answer of about so many bytes, decodes it, and prints the bytes that it was and those by which the process grew at most
/// meanwhile.
@main
enum MemoryProbe {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let shape = Shape(rawValue: arguments[1]), let size = Int(arguments[2]) else {
            throw Failure(description: "usage: memory-probe SHAPE BYTES")
        }
        let response = try RPCResponse(parsing: shape.answer(size)[...])
        let before = try resident(peak: false)
        // Forgets the peak of what was before: 5 resets it (proc(5)).
        try Data("5\n".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
        let said = shape.decode(response)
        print(response.raw.count, try resident(peak: true) - before, said)
    }

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// Bytes of memory that are in use, or were at most.
    private static func resident(peak: Bool) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let name = peak ? "VmHWM:" : "VmRSS:"
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
            let kibibytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) })
        else { throw Failure(description: "no \(name) in /proc/self/status") }
        return kibibytes * 1024
    }
}
