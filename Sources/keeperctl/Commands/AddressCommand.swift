import ArgumentParser
import EthCodec

/// `address`: checksums, and where contracts land.
struct AddressCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "address", abstract: "Checksum an address, or tell where a contract lands.",
        subcommands: [Checksum.self, Create.self, Create2.self])

    struct Checksum: OperationCommand {
        static let operation = "address.checksum"
        static let configuration = CommandConfiguration(
            abstract: "Write an address with its EIP-55 checksum.",
            discussion: "An address in one case gets its checksum; in mixed case the checksum must be right.")

        @Argument(help: "20 bytes as 0x hexadecimal.")
        var address: String
        @OptionGroup var output: OutputOptions

        func members() throws -> KeyValuePairs<String, JSON?> { ["address": .string(address)] }
    }

    struct Create: OperationCommand {
        static let operation = "address.create"
        static let configuration = CommandConfiguration(abstract: "Where an account's transaction creates a contract (CREATE).")

        @Argument(help: "The creating account.")
        var from: String
        @Argument(help: "The account's nonce.")
        var nonce: String
        @OptionGroup var output: OutputOptions

        func members() throws -> KeyValuePairs<String, JSON?> { ["from": .string(from), "nonce": .string(nonce)] }
    }

    struct Create2: OperationCommand {
        static let operation = "address.create2"
        static let configuration = CommandConfiguration(
            commandName: "create2", abstract: "Where a factory creates a contract (CREATE2, EIP-1014).")

        @Argument(help: "The creating contract.")
        var from: String
        @Argument(help: "32 bytes as 0x hexadecimal.")
        var salt: String
        @Argument(help: "The initialisation code as 0x hexadecimal; @FILE reads a file, - standard input.")
        var initCode: String
        @OptionGroup var output: OutputOptions

        func members() throws -> KeyValuePairs<String, JSON?> {
            ["from": .string(from), "salt": .string(salt), "initCode": .string(try InputText.read(initCode))]
        }
    }
}
