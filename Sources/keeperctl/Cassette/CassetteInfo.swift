import ArgumentParser
import EthCodec
import EthPrimitives
import EthRPC
import KeeperApp
import KeeperCore

extension CassetteCommand {
    /// `cassette info`: what is in a recording.
    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell what is in a recording.",
            discussion: "It counts; whether all of it is right, verify tells. A recording that is still being written is fine.")

        @Argument(help: "The recording.", completion: .file())
        var file: String
        @OptionGroup var output: OutputOptions

        func run() throws {
            let summary = try CassetteSummary(path: file)
            Terminal.print(output.json ? json(summary).sortedText : text(summary))
        }

        private func json(_ summary: CassetteSummary) -> JSON {
            func head(_ header: BlockHeader?) -> JSON? {
                header.map {
                    .object([
                        "block": .integer($0.number), "hash": .string($0.hash.description), "time": .integer($0.timestamp),
                    ])
                }
            }
            func counts(_ counts: [String: Int]) -> JSON { .object(counts.map { JSON.Member($0.key, .integer($0.value)) }) }
            return .object([
                "chainId": summary.opening?.chainID.map { .integer($0.rawValue) },
                "keeper": summary.opening?.keeper.map { .string($0) },
                "range": summary.opening?.range.map {
                    .object(["from": .integer($0.first), "to": .integer($0.last), "every": .string($0.every)])
                },
                "finished": .bool(summary.isFinished), "exchanges": .integer(summary.exchanges), "heads": .integer(summary.heads),
                "first": head(summary.first), "last": head(summary.last), "reorganisations": .integer(summary.reorganisations),
                "methods": counts(summary.methods), "errors": .integer(summary.errors), "notes": counts(summary.notes),
                "bytes": .integer(summary.bytes), "unpacked": .integer(summary.unpacked),
                "members": summary.isCompressed ? .integer(summary.members) : nil,
                "remarks": .array(summary.remarks.map { .string($0) }),
            ])
        }

        private func text(_ summary: CassetteSummary) -> String {
            func head(_ header: BlockHeader?) -> String {
                header.map { "block \(Table.grouped($0.number)), \(UTC.instant($0.timestamp))" } ?? "none"
            }
            let opening = summary.opening
            let size =
                summary.isCompressed
                ? "\(Table.grouped(summary.bytes)) bytes in \(counted(summary.members, "member")), \(Table.grouped(summary.unpacked)) unpacked"
                : "\(Table.grouped(summary.bytes)) bytes"
            var rows = [("chain", opening?.chainID.map { "\($0)" } ?? "not named")]
            if let keeper = opening?.keeper { rows.append(("keeper", keeper)) }
            if let range = opening?.range { rows.append(("range", range.description)) }
            rows += [
                (
                    "heads",
                    Table.grouped(summary.heads)
                        + (summary.reorganisations > 0 ? ", \(counted(summary.reorganisations, "reorganisation"))" : "")
                ),
                ("first", head(summary.first)), ("last", head(summary.last)),
                ("exchanges", Table.grouped(summary.exchanges)), ("size", size), ("finished", summary.isFinished ? "yes" : "no"),
            ]
            for (note, count) in summary.notes.sorted(by: { $0.key < $1.key }) {
                rows.append(("note", "\(ResultText(.string(note))), \(counted(count, "line"))"))
            }
            rows += summary.remarks.map { ("remark", $0) }
            let facts = ResultText(.object(rows.map { JSON.Member($0.0, .string($0.1)) })).description
            return facts + "\n\n" + methods(summary)
        }

        private func counted(_ count: Int, _ noun: String) -> String { "\(Table.grouped(count)) \(noun)\(count == 1 ? "" : "s")" }

        private func methods(_ summary: CassetteSummary) -> String {
            let sorted = summary.methods.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let rows =
                sorted.map { ("\(ResultText(.string($0.key)))", Table.grouped($0.value)) }
                + (summary.errors > 0 ? [("of these errors", Table.grouped(summary.errors))] : [])
            let widths = [rows.map(\.0.count).max() ?? 0, (rows.map(\.1.count).max() ?? 0) + 2]
            return rows.map { Table.row([$0.0, $0.1], widths) }.joined(separator: "\n")
        }
    }
}
