import ArgumentParser
import EthCodec

/// `abi`: the contract ABI, from types and signatures given as text.
struct ABICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abi", abstract: "Encode and decode calls, values, logs and errors of contracts.",
        subcommands: [Encode.self, Decode.self, Selector.self, Topic.self, DecodeLog.self, DecodeError.self])

    struct Encode: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Encode values, or a call.",
            discussion: """
                TYPES are types with commas between, or a signature whose selector goes in front:
                  keeperctl abi encode uint256,bytes 7 0xabcd
                  keeperctl abi encode 'transfer(address,uint256)' 0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf 1000
                Arrays and tuples are JSON: '["1", "2"]'. Put -- before values that begin with a minus sign.
                """)

        @Argument(help: "Types or a signature.")
        var types: String
        @Argument(help: "One value a type.")
        var values: [String] = []
        @Flag(help: "Pack the values without padding, as abi.encodePacked does.")
        var packed = false
        @OptionGroup var output: OutputOptions

        func run() throws { output.show(try CallText(types).encode(values, packed: packed)) }
    }

    struct Decode: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decode values, or a call.",
            discussion: "With a signature the data must begin with its selector. Every byte must be accounted for.")

        @Argument(help: "Types or a signature.")
        var types: String
        @Argument(help: "The encoding as 0x hexadecimal; @FILE reads a file, - standard input.")
        var data: String
        @OptionGroup var output: OutputOptions

        func run() throws { output.show(try CallText(types).decode(InputText.read(data))) }
    }

    struct Selector: OperationCommand {
        static let operation = "abi.selector"
        static let configuration = CommandConfiguration(
            abstract: "The four bytes that select a function or an error.",
            discussion: "keeperctl abi selector 'poke(bytes32)'\nkeeperctl abi selector 'function poke(bytes32 ilk)'")

        @Argument(help: "A signature.")
        var signature: String
        @OptionGroup var output: OutputOptions

        func members() throws -> KeyValuePairs<String, JSON?> { ["signature": .string(signature)] }
    }

    struct Topic: OperationCommand {
        static let operation = "abi.topic"
        static let configuration = CommandConfiguration(
            abstract: "The first topic of an event.",
            discussion: "keeperctl abi topic 'Poke(bytes32,bytes32,uint256)'")

        @Argument(help: "A signature.")
        var signature: String
        @OptionGroup var output: OutputOptions

        func members() throws -> KeyValuePairs<String, JSON?> { ["signature": .string(signature)] }
    }
}
