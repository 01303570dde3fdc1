import ArgumentParser
import EthCodec
import EthRPC
import KeeperApp
import KeeperCore

extension CassetteCommand {
    /// `cassette trim`: a part of a recording.
    struct Trim: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a part of a recording as a recording of its own.",
            discussion: """
                Heads belong to the part with all their lines, as they are. Of a compressed recording only the members that are \
                needed are read, as the index tells. Without set-up lines (recordings older than those) names of the ChainLog are \
                resolved at the first head only: a later part needs addresses in the configuration.
                """)

        @Argument(help: "The recording.", completion: .file())
        var file: String
        @Option(
            help: ArgumentHelp(
                "The first block, as a number, a time or @ and unix seconds; else from the beginning.", valueName: "place"))
        var from: String?
        @Option(help: ArgumentHelp("The last block, likewise; else to the end.", valueName: "place"))
        var to: String?
        @OptionGroup var place: NewRecording
        @OptionGroup var output: OutputOptions

        func validate() throws {
            _ = try range()
        }

        private func range() throws -> CassetteRange {
            guard let range = try CassetteRange(from: from, to: to) else {
                throw ValidationError("Expected --from, --to or both.")
            }
            return range
        }

        func run() throws {
            let excerpt = try CassetteExcerpt(of: file, range(), to: place.output)
            if !excerpt.isSourceFinished { NewRecording.noteUnfinished(file) }
            output.show(
                .object([
                    "file": .string(place.output), "exchanges": .integer(excerpt.exchanges), "loose": .integer(excerpt.loose),
                    "firstBlock": excerpt.blocks.map { .integer($0.lowerBound) },
                    "lastBlock": excerpt.blocks.map { .integer($0.upperBound) }, "bytesRead": .integer(excerpt.bytesRead),
                    "bytesThere": .integer(excerpt.bytesThere),
                ]))
        }
    }
}
