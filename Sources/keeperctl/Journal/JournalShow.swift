import ArgumentParser
import EthRPC
import KeeperApp
import KeeperCore

extension JournalCommand {
    /// `journal show`: what a decision log says.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what a journal says: time, block, kind, and in a few words the rest.",
            discussion: """
                All of it is checked on the way, as verify does: the first line that is not what was written ends the output with \
                exit code 65; the lines before it are right.
                """)

        @OptionGroup var path: JournalPath
        @Option(
            help: ArgumentHelp(
                "Only lines of this kind, such as decision or outcome; may be given several times.", valueName: "kind"))
        var kind: [String] = []
        @Option(
            help: ArgumentHelp(
                "The first block, as a number, a time or @ and unix seconds; else from the beginning.", valueName: "place"))
        var from: String?
        @Option(help: ArgumentHelp("The last block, likewise; else to the end.", valueName: "place"))
        var to: String?
        @Option(help: ArgumentHelp("Only so many of the last of these lines.", valueName: "n"))
        var last: Int?
        @Flag(help: "Print the lines as they are, as JSON Lines.")
        var json = false

        func validate() throws {
            _ = try CassetteRange(from: from, to: to)
            if let last, last < 1 { throw ValidationError("--last: expected a number of at least 1, got \(last)") }
        }

        func run() throws {
            let selection = JournalSelection(kinds: Set(kind), range: try CassetteRange(from: from, to: to))
            var newest = NewestLines(last)
            var output = OutputLines()
            defer {
                for line in newest.lines { output.print(line) }
                output.flush()
            }
            _ = try path.each { line in
                guard selection.contains(line.json) else { return }
                let text = json ? line.bytes : Array(JournalLineText(line.json).description.utf8)
                if newest.limit == nil { output.print(text) } else { newest.add(text) }
            }
        }
    }
}

/// The last of many lines, in their order.
private struct NewestLines {
    /// `nil` if all are printed as they come.
    let limit: Int?
    private var kept: [[UInt8]] = []
    /// Where the oldest is, once there are as many as are kept.
    private var oldest = 0

    init(_ limit: Int?) { self.limit = limit }

    var lines: ArraySlice<[UInt8]> { kept[oldest...] + kept[..<oldest] }

    mutating func add(_ line: [UInt8]) {
        guard let limit, kept.count == limit else { return kept.append(line) }
        kept[oldest] = line
        oldest = (oldest + 1) % limit
    }
}
