import ArgumentParser
import EthCodec
import EthPrimitives
import EthRPC
import KeeperApp

extension CassetteCommand {
    /// `cassette redact`: a recording fit to be shared.
    struct Redact: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a copy without notes, secrets, and addresses that are yours.",
            discussion: """
                Notes go, URLs and what looks like a key or a token go, and each --address is replaced wherever its 40 digits stand, \
                inside calldata and logs too, so that the copy replays (with the replacement in the configuration). This hides no \
                account from somebody who looks: blocks and transactions keep their hashes, and on a public chain those lead back \
                to it. Read the copy before you publish it.
                """)

        @Argument(help: "The recording.", completion: .file())
        var file: String
        @Option(
            name: .customLong("address"),
            help: ArgumentHelp("An address to replace, or OLD=NEW; repeat for each.", valueName: "address"))
        var addresses: [String] = []
        @Option(
            name: .customLong("text"),
            help: ArgumentHelp("A text to remove, such as a host's name; repeat for each.", valueName: "text"))
        var texts: [String] = []
        @OptionGroup var place: NewRecording
        @OptionGroup var output: OutputOptions

        func validate() throws { _ = try rules() }

        private func rules() throws -> RedactionRules {
            var rules = RedactionRules(texts: texts)
            if let short = texts.first(where: { $0.utf8.count < 4 }) {
                throw ValidationError("--text: expected at least four bytes, got \"\(short)\"")
            }
            for (index, text) in addresses.enumerated() {
                let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
                guard parts.count <= 2 else { throw ValidationError("--address: expected OLD or OLD=NEW, got \"\(text)\"") }
                do {
                    let old = try Address(hex: parts[0])
                    rules.addresses.append(
                        (old, parts.count == 2 ? try Address(hex: parts[1]) : RedactionRules.placeholder(UInt64(index + 1))))
                } catch {
                    throw ValidationError("--address: \(error)")
                }
            }
            let all = rules.addresses.flatMap { [$0.from, $0.to] }
            guard Set(all).count == all.count else {
                throw ValidationError("--address: expected different addresses, one is named twice")
            }
            return rules
        }

        func run() throws {
            let rules = try rules()
            let redaction = try CassetteRedaction(of: file, rules, to: place.output)
            if !redaction.isSourceFinished { NewRecording.noteUnfinished(file) }
            let counts = redaction.counts
            output.show(
                .object([
                    "file": .string(place.output), "exchanges": .integer(redaction.exchanges), "notes": .integer(counts.notes),
                    "secrets": .integer(counts.secrets),
                    "addresses": .array(
                        zip(rules.addresses, counts.addresses).map { rule, count in
                            .object([
                                "old": .string(rule.from.description), "new": .string(rule.to.description),
                                "count": .integer(count),
                            ])
                        }), "texts": .array(counts.texts.map { .integer($0) }),
                ]))
        }
    }
}
