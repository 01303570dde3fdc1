import ArgumentParser
import EthCodec
import EthPrimitives
import KeeperApp
import KeeperCore

extension JournalCommand {
    /// `journal verify`: whether a decision log is what was written.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check all lines of a journal, and tell what kinds they are.",
            discussion: """
                Each line holds the hash of the one before it, and in a store has a digest of its own. The first line that is not \
                what was written is named, and the exit code is 65. In a file an altered line may be found only by the line after \
                it: both numbers are named then. That lines are missing at the end, or that the last line of a file was altered, \
                shows only its digest: note it elsewhere, and give it with --digest.
                """)

        @OptionGroup var path: JournalPath
        @Option(
            help: ArgumentHelp(
                "What the newest line's digest must be, 32 bytes; else the exit code is 65.", valueName: "0x…"))
        var digest: String?
        @OptionGroup var output: OutputOptions

        func validate() throws { _ = try expected() }

        func run() throws {
            let expected = try expected()
            var tally = JournalTally(expecting: expected)
            let result = Result { try path.each { tally.count($0) } }
            // Of what is no journal at all there is nothing to tell.
            if case .failure(let error) = result, tally.lines == 0 { throw error }
            let finding: OperationError? =
                switch result {
                case .success(let end): mismatch(end, tally)
                case .failure(let error as OperationError): error
                case .failure(let error): throw error
                }
            // Without an end there is no digest of all.
            let end = try? result.get()
            Terminal.print(output.json ? json(tally, end, finding).sortedText : text(tally, end, finding))
            if let finding { throw finding }
        }

        private func expected() throws -> B256? {
            guard let digest else { return nil }
            do { return try B256(hex: digest) } catch {
                throw ValidationError("--digest: expected 0x and 64 hexadecimal digits, got \"\(digest)\"")
            }
        }

        private func mismatch(_ end: JournalEnd, _ tally: JournalTally) -> OperationError? {
            guard let expected = tally.expected, end.digest != expected else { return nil }
            let found =
                tally.expectedLine.map { "line \($0) has that digest, and \(end.lines - $0) more follow it" }
                ?? "no line has that digest: lines are missing at the end, or it is another journal"
            return .badData("\(path.journal): the newest digest is \(end.digest), not \(expected); \(found)")
        }

        private func json(_ tally: JournalTally, _ end: JournalEnd?, _ finding: OperationError?) -> JSON {
            func place(_ place: JournalTally.Place?) -> JSON? {
                place.map { .object(["block": $0.block.map { .integer($0) }, "time": $0.time.map { .integer($0) }]) }
            }
            return .object([
                "ok": .bool(finding == nil), "finding": finding.map { .string($0.message) }, "lines": .integer(tally.lines),
                "digest": end.map { .string($0.digest.description) }, "unfinishedBytes": end.map { .integer($0.unfinishedBytes) },
                "first": place(tally.first), "last": place(tally.last),
                "kinds": .object(tally.kinds.map { JSON.Member($0.key, .integer($0.value)) }),
            ])
        }

        private func text(_ tally: JournalTally, _ end: JournalEnd?, _ finding: OperationError?) -> String {
            var rows = [("lines", Table.grouped(tally.lines))]
            if let end { rows.append(("digest", end.digest.description)) }
            if let first = tally.first { rows.append(("first", first.description)) }
            if let last = tally.last { rows.append(("last", last.description)) }
            let kinds = tally.kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            rows += kinds.map { ("kind", "\(ResultText(.string($0.key))), \(Table.grouped($0.value))") }
            rows.append(("verdict", finding == nil ? "ok" : "not ok"))
            return ResultText(.object(rows.map { JSON.Member($0.0, .string($0.1)) })).description
        }
    }
}
