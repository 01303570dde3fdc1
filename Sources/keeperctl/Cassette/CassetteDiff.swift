import ArgumentParser
import EthCodec
import EthRPC
import KeeperApp

extension CassetteCommand {
    /// `cassette diff`: what two recordings say differently.
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare two recordings: which requests and answers differ, and at which block.",
            discussion: """
                Recordings are compared head by head; ids, white space, the order of members and which requests went in one batch \
                make no difference. The exit code is 65 if something differs.
                """)

        @Argument(help: "A recording.", completion: .file())
        var first: String
        @Argument(help: "Another one.", completion: .file())
        var second: String
        @Option(help: "Differences that are shown; all are counted.")
        var limit = 20
        @OptionGroup var output: OutputOptions

        func validate() throws { guard limit >= 0 else { throw ValidationError("--limit: expected 0 or more, got \(limit)") } }

        func run() throws {
            let comparison = try CassetteComparison(first, second, limit: limit)
            Terminal.print(output.json ? json(comparison).sortedText : text(comparison))
            guard comparison.count > 0 else { return }
            throw OperationError.badData("\(first) and \(second) differ in \(comparison.count) places")
        }

        private func json(_ comparison: CassetteComparison) -> JSON {
            .object([
                "same": .bool(comparison.count == 0), "differences": .integer(comparison.count),
                "commonHeads": .integer(comparison.commonHeads), "commonAnswers": .integer(comparison.commonAnswers),
                "shown": .array(
                    comparison.differences.map { difference in
                        .object([
                            "kind": .string(difference.kind.rawValue), "block": difference.block.map { .integer($0) },
                            "request": difference.request.map { .string($0) },
                            "first": difference.first.map { .string($0) } ?? .null,
                            "second": difference.second.map { .string($0) } ?? .null,
                        ])
                    }),
            ])
        }

        private func text(_ comparison: CassetteComparison) -> String {
            var lines: [String] = []
            for difference in comparison.differences {
                let place = difference.block.map { "block \($0)  " } ?? ""
                lines.append(place + difference.kind.rawValue + (difference.request.map { "  " + cut($0) } ?? ""))
                lines.append("  < " + cut(difference.first ?? "nothing"))
                lines.append("  > " + cut(difference.second ?? "nothing"))
            }
            if comparison.count > comparison.differences.count {
                lines.append("… \(comparison.count - comparison.differences.count) more")
            }
            lines.append(
                "\(comparison.commonHeads) heads in both, \(comparison.commonAnswers) answers the same, "
                    + "\(comparison.count) differences")
            return lines.joined(separator: "\n")
        }

        /// One line of a terminal or two; --json has the whole.
        private func cut(_ text: String) -> String {
            let line = ResultText(.string(text)).description
            return line.count <= 200 ? line : "\(line.prefix(120))…\(line.suffix(60))"
        }
    }
}
