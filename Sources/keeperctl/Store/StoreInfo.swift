import ArgumentParser
import EthCodec
import EthPrimitives
import KeeperApp
import KeeperCore
import KeeperStore

extension StoreCommand {
    /// `store info`: what is in a store, and whether it is whole.
    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell what is in a store, and check all of it.",
            discussion: """
                Pages, records, memories and the journal's chain are checked; the first that is not what was written is named in each, \
                and the exit code is 65.
                """)

        @OptionGroup var path: StorePath
        @OptionGroup var output: OutputOptions

        func run() throws {
            let file = try path.opened()
            let report = try StorePath.of { () throws(StoreError) in try file.report() }
            Terminal.print(output.json ? json(report, file.path).sortedText : text(report))
            guard let first = report.findings.first else { return }
            let more = report.findings.count - 1
            throw OperationError.badData("\(path.store): \(first)" + (more > 0 ? " (and \(more) more)" : ""))
        }

        private func json(_ report: StoreReport, _ path: String) -> JSON {
            .object([
                "path": .string(path), "bytes": .integer(report.bytes), "logBytes": .integer(report.logBytes),
                "schema": report.migrations.last.map { .string($0) },
                "migrations": .array(report.migrations.map { .string($0) }), "ok": .bool(report.findings.isEmpty),
                "findings": .array(report.findings.map { .string($0) }),
                "accounts": .array(
                    report.accounts.map {
                        .object([
                            "chain": .integer($0.account.chainID.rawValue), "address": .string($0.account.address.description),
                            "records": .integer($0.records), "newest": $0.newest.map { .integer($0) },
                        ])
                    }),
                "journal": .object([
                    "lines": .integer(report.journalLines), "digest": report.journalDigest.map { .string($0.description) },
                    "newest": report.journalNewest.map { .integer($0) },
                ]),
                "memories": .array(
                    report.memories.map {
                        .object(["keeper": .string($0.keeper), "bytes": .integer($0.bytes), "newest": .integer($0.newest)])
                    }),
            ])
        }

        private func text(_ report: StoreReport) -> String {
            func newest(_ time: UInt64?) -> String { time.map { ", newest \(UTC.instant($0))" } ?? "" }
            func count(_ number: some BinaryInteger, _ noun: String) -> String {
                "\(Table.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
            }
            var rows = [
                ("schema", report.migrations.last ?? "none"),
                ("migrations", report.migrations.joined(separator: ", ")),
                (
                    "size",
                    "\(Table.grouped(report.bytes)) bytes"
                        + (report.logBytes > 0 ? ", \(Table.grouped(report.logBytes)) in the log" : "")
                ),
            ]
            rows += report.accounts.map { ("account", "\($0.account), \(count($0.records, "record"))\(newest($0.newest))") }
            rows.append(("journal", count(report.journalLines, "line") + newest(report.journalNewest)))
            if let digest = report.journalDigest { rows.append(("digest", digest.description)) }
            rows += report.memories.map { ("memory", "\($0.keeper), \(count($0.bytes, "byte"))\(newest($0.newest))") }
            rows.append(("integrity", report.findings.isEmpty ? "ok" : count(report.findings.count, "finding")))
            rows += report.findings.prefix(20).map { ("finding", $0) }
            return ResultText(.object(rows.map { JSON.Member($0.0, .string($0.1)) })).description
        }
    }
}
