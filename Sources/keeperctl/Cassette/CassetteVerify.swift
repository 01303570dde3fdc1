import ArgumentParser
import EthCodec
import EthRPC
import KeeperApp
import KeeperCore

extension CassetteCommand {
    /// `cassette verify`: whether a recording is whole and unaltered.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a recording: lines, count, digest, headers, index.",
            discussion: """
                Every line must be an exchange, the closing line must count them and hash them, each header must hash to what it \
                says (where it has all fields), and the index beside a compressed recording must agree. The first line that is \
                wrong is named, and the exit code is 65.
                """)

        @Argument(help: "The recording.", completion: .file())
        var file: String
        @OptionGroup var output: OutputOptions

        func run() throws {
            let audit = try CassetteAudit(path: file)
            Terminal.print(output.json ? json(audit).sortedText : text(audit))
            guard let first = audit.findings.first else { return }
            let more = audit.findings.count - 1
            throw OperationError.badData(
                "\(file): \(first)" + (more > 0 ? " (and \(more) more)" : ""))
        }

        private func json(_ audit: CassetteAudit) -> JSON {
            .object([
                "ok": .bool(audit.isGood), "lines": .integer(audit.lines), "exchanges": .integer(audit.exchanges),
                "members": .integer(audit.members), "digest": .string(audit.digest.rawValue), "heads": .integer(audit.heads),
                "hashesComputed": .integer(audit.hashesComputed), "hashesNotComputable": .integer(audit.hashesNotComputable),
                "index": .string(audit.index.rawValue), "foreign": .bool(audit.isForeign),
                "findings": .array(
                    audit.findings.map { finding in
                        .object(["line": finding.line.map { .integer($0) }, "text": .string(finding.text)])
                    }),
            ])
        }

        private func text(_ audit: CassetteAudit) -> String {
            let headers =
                "\(Table.grouped(audit.hashesComputed)) hash to what they say"
                + (audit.hashesNotComputable > 0
                    ? ", \(Table.grouped(audit.hashesNotComputable)) do not have all fields" : "")
            let rows = [
                ("lines", "\(Table.grouped(audit.lines)), \(Table.grouped(audit.exchanges)) exchanges"),
                ("digest", audit.isForeign ? "absent: somebody else's recording" : audit.digest.rawValue),
                ("headers", headers), ("index", audit.index.rawValue),
                ("verdict", audit.isGood ? "good" : "\(audit.findings.count) findings"),
            ]
            let facts = ResultText(.object(rows.map { JSON.Member($0.0, .string($0.1)) })).description
            return ([facts] + audit.findings.prefix(20).map { ResultText(.string($0.text)).description }).joined(separator: "\n")
        }
    }
}
