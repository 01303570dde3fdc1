import ArgumentParser
import EthCodec
import EthTransactions

/// `tx`: transactions, signed and unsigned.
struct TxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tx", abstract: "Decode, sign and hash transactions.", subcommands: [Decode.self, Sign.self, Hash.self])

    struct Decode: OperationCommand {
        static let operation = "tx.decode"
        static let configuration = CommandConfiguration(
            abstract: "Decode a signed transaction: its fields, hash and sender.",
            discussion: """
                Without options only the encoding is judged. With --chain-id or --fork also whether a block of that chain and \
                fork could hold the transaction: chain id, intrinsic gas, overflow, size of init code, priority fee.
                """)

        @Argument(help: "The wire form as 0x hexadecimal; @FILE reads a file, - standard input.")
        var raw: String
        @Option(help: "The chain that it is for.")
        var chainID: String?
        @Option(help: "The fork whose rules hold, such as Prague.", completion: .list(Fork.allCases.map(\.name)))
        var fork: String?
        @OptionGroup var output: OutputOptions

        func members() throws -> KeyValuePairs<String, JSON?> {
            ["raw": .string(try InputText.read(raw)), "chainId": chainID.map { .string($0) }, "fork": fork.map { .string($0) }]
        }
    }

    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign a transaction; nothing is sent.",
            discussion: """
                TX is an object with the names of JSON-RPC; numbers may be 0x hexadecimal or decimal:
                  {"type": "0x2", "chainId": 1, "nonce": 7, "to": "0x…", "gas": 21000, "value": "0", "input": "0x",
                   "maxFeePerGas": "2000000000", "maxPriorityFeePerGas": "10000000"}
                Nothing that matters is guessed: chainId, nonce, gas, the fees and to (null to create a contract) must be there.
                """)

        @Argument(help: "The transaction as JSON; @FILE reads a file, - standard input.")
        var tx: String
        @OptionGroup var source: KeyOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let json = try InputText.json(tx, "tx")
            try SigningRequestCheck.check(json)
            let key = try source.key()
            do {
                output.show(try Operation.signed(json, by: key))
            } catch let error as OperationError {
                throw error
            } catch {
                throw OperationError.badData("\(error)")
            }
        }
    }

    struct Hash: OperationCommand {
        static let operation = "tx.hash"
        static let configuration = CommandConfiguration(abstract: "Recompute the hash of a node's transaction object.")

        @Argument(help: "The transaction as JSON; @FILE reads a file, - standard input.")
        var tx: String
        @OptionGroup var output: OutputOptions

        func members() throws -> KeyValuePairs<String, JSON?> { ["tx": try InputText.json(tx, "tx")] }
    }
}
