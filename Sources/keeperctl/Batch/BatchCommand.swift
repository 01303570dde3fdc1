import ArgumentParser
import KeeperApp

/// `batch`: one request a line in, one answer a line out.
struct BatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Answer JSON Lines from standard input, in order.",
        discussion: """
            A line in:   {"id": 1, "op": "keccak256", "data": "0x"}
            A line out:  {"id": 1, "ok": "0xc5d2…"} or {"id": 1, "error": {"code": 65, "message": "…"}}

            A bad line is answered with its error and the next one is read; codes are those of the exit codes. Empty lines are \
            left out. `keeperctl batch --list` names the operations and their members.
            """)

    @Flag(help: "Name the operations and their members.")
    var list = false

    func run() throws {
        if list {
            for operation in Operation.all.values.sorted(by: { $0.name < $1.name }) {
                Terminal.print(operation.usage)
            }
            return
        }
        var lines = LineReader(maximumLength: 64 << 20)
        let limit = lines.maximumLength
        // Each piece is answered before more is awaited, for callers that wait for an answer before the next request.
        try FileInput.chunks("-") { Self.answer(lines.take($0), limit) }
        Self.answer(lines.finish(), limit)
    }

    private static func answer(_ lines: [LineReader.Line], _ limit: Int) {
        var out: [UInt8] = []
        for line in lines {
            switch line {
            case .whole(let bytes) where bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }): continue
            case .whole(let bytes): out += BatchLine.answer(to: bytes)
            case .tooLong: out += BatchLine.refusal("the line is longer than \(limit) bytes")
            }
            out.append(0x0A)
        }
        if !out.isEmpty { Terminal.print(bytes: out) }
    }
}

extension Operation {
    /// `abi.encode {types, values}`, members that may be absent with a question mark.
    fileprivate var usage: String { "\(name) {\((required + optional.map { $0 + "?" }).joined(separator: ", "))}" }
}
