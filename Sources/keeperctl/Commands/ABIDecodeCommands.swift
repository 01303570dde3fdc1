import ArgumentParser
import EthCodec
import EthPrimitives

extension ABICommand {
    /// `abi decode-log`: a log entry as its event.
    struct DecodeLog: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "decode-log", abstract: "Decode a log entry.",
            discussion: """
                Indexed values that are not one word are hashes in the log and stay so.
                  keeperctl abi decode-log 'Poke(bytes32 ilk, bytes32 val, uint256 spot)' --topic 0x… --data 0x…
                """)

        @Argument(help: "The event's declaration, with indexed where it applies; not needed with --abi.")
        var event: String?
        @Option(name: .customLong("topic"), help: ArgumentHelp("A topic, in order; repeat for each.", valueName: "word"))
        var topics: [String] = []
        @Option(help: "The entry's data.")
        var data = "0x"
        @OptionGroup var interface: InterfaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let document = try interface.document(adding: event.map { [$0] } ?? [], as: .event)
            var words: [B256] = []
            for (index, topic) in topics.enumerated() {
                guard let word = B256(try InputText.bytes(topic, "topic \(index)")) else {
                    throw OperationError.badData("topic \(index): expected 32 bytes, got \(topic)")
                }
                words.append(word)
            }
            let bytes = try InputText.bytes(data, "data")
            guard let log = try OperationError.of({ try document.decodeLog(topics: words, data: bytes) }) else {
                throw OperationError.badData("no known event has these topics")
            }
            output.show(DecodedText(log.signature, log.values.map(\.json)).json(asValues: output.json))
        }
    }

    /// `abi decode-error`: why a call reverted.
    struct DecodeError: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "decode-error", abstract: "Decode what a call reverted with.",
            discussion: "Error(string) and Panic(uint256) are known; custom errors are taken from declarations or --abi.")

        @Argument(help: "The revert data as 0x hexadecimal.")
        var data: String
        @Argument(help: "Declarations of custom errors.")
        var errors: [String] = []
        @OptionGroup var interface: InterfaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let bytes = try InputText.bytes(data, "data")
            let document = try interface.document(adding: errors, as: .error, isOptional: true)
            if let error = try OperationError.of({ try document.decodeError(bytes) }) {
                return output.show(DecodedText(error.signature, error.values.map(\.json)).json(asValues: output.json))
            }
            let reason = RevertReason.decode(bytes)
            let members: KeyValuePairs<String, JSON?> =
                switch reason {
                case .message(let text): ["error": "Error(string)", "message": .string(text)]
                case .panic(let code):
                    [
                        "error": "Panic(uint256)", "code": .string(code.hexQuantity),
                        "meaning": .string(RevertReason.panicName(code)),
                    ]
                case .custom(let selector, let data):
                    ["error": "unknown", "selector": .string(selector.description), "data": .string(Hex.encode(data))]
                case .raw(let data): ["error": "unknown", "data": .string(Hex.encode(data))]
                case .empty: ["error": "none: the call reverted without data"]
                }
            output.show(.object(members))
        }
    }
}

/// Where declarations come from, beside the command line.
struct InterfaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A JSON ABI, or a compiler's artifact that holds one.", valueName: "path"), completion: .file())
    var abi: String?

    func document(
        adding declarations: [String], as kind: ABISignature.Kind, isOptional: Bool = false
    ) throws(OperationError) -> ABIDocument {
        guard abi != nil || !declarations.isEmpty || isOptional else { throw .usage("expected a declaration or --abi") }
        var entries: [ABISignature] = []
        for text in declarations {
            entries.append(try OperationError.of { () throws(ABIError) in try ABISignature(parsing: text, as: kind) })
        }
        if let abi {
            let text = try InputText.read("@" + abi)
            entries += try OperationError.of { () throws(ABIDocumentError) in
                try ABIDocument(parsing: Array(text.utf8)).entries
            }
        }
        return ABIDocument(entries)
    }
}

/// A decoded log or error: for people names and values, for machines with its signature.
struct DecodedText {
    private let signature: ABISignature
    private let values: [JSON]

    init(_ signature: ABISignature, _ values: [JSON]) {
        self.signature = signature
        self.values = values
    }

    func json(asValues: Bool) -> JSON {
        if asValues {
            let names = signature.inputs.map { JSON.string($0.name) }
            return .object(["signature": .string(signature.canonical), "names": .array(names), "values": .array(values)])
        }
        let named = zip(signature.inputs, values).enumerated().map { index, pair in
            JSON.Member(pair.0.name.isEmpty ? "[\(index)]" : pair.0.name, pair.1)
        }
        return .object([JSON.Member(signature.kind.rawValue, .string(signature.canonical))] + named)
    }
}
