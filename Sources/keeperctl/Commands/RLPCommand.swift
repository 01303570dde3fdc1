import ArgumentParser
import EthCodec

/// `rlp`: the recursive length prefix encoding.
struct RLPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rlp", abstract: "Encode and decode RLP.", subcommands: [Encode.self, Decode.self])

    struct Encode: OperationCommand {
        static let operation = "rlp.encode"
        static let configuration = CommandConfiguration(
            abstract: "Encode a JSON value.",
            discussion:
                #"Byte strings are "0x…", lists are arrays, numbers stand for their minimal bytes: '["0x646f67", [], 1024]'."#)

        @Argument(help: "The value as JSON; @FILE reads a file, - standard input.")
        var value: String
        @OptionGroup var output: OutputOptions

        func members() throws -> KeyValuePairs<String, JSON?> { ["value": try scalarOrJSON()] }

        /// A bare 0x string needs no quotes on a command line.
        private func scalarOrJSON() throws -> JSON {
            value.hasPrefix("0x") ? .string(value) : try InputText.json(value, "value")
        }
    }

    struct Decode: OperationCommand {
        static let operation = "rlp.decode"
        static let configuration = CommandConfiguration(abstract: "Decode bytes strictly, to JSON.")

        @Argument(help: "The encoding as 0x hexadecimal; @FILE reads a file, - standard input.")
        var data: String
        @OptionGroup var output: OutputOptions

        func members() throws -> KeyValuePairs<String, JSON?> { ["data": .string(try InputText.read(data))] }
        func text(_ result: JSON) -> String { result.string ?? result.description }
    }
}
