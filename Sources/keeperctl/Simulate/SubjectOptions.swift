import ArgumentParser
import EthCodec
import EthCrypto
import EthPrimitives
import EthTransactions

/// What is to be simulated.
enum SimulationSubject {
    /// A call or a creation; without `gas` it gets as much as a block allows.
    case call(from: Address, to: Address?, data: [UInt8], value: Wei, gas: Gas?)
    /// A signed transaction.
    case signed(TransactionEnvelope, from: Address)
    /// A transaction that was mined.
    case mined(TransactionHash)
}

/// A call by its parts, a signed transaction, or the hash of a mined one.
struct SubjectOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The account that is called.", valueName: "address"))
    var to: String?

    @Option(help: ArgumentHelp("The call's data as 0x hexadecimal; @FILE reads a file, - standard input.", valueName: "bytes"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The function that is called, such as 'poke(bytes32 ilk)'; VALUES are its arguments.", valueName: "signature"))
    var call: String?

    @Flag(help: "Create a contract: --data is its initialisation code.")
    var create = false

    @Option(
        name: [.customShort("f"), .long],
        help: ArgumentHelp("The sender. [$ETH_FROM] (default: the zero address)", valueName: "address"))
    var from: String?

    @Option(help: ArgumentHelp("What is sent along, such as '0.1 ether'; a bare number is wei.", valueName: "amount"))
    var value: String?

    @Option(help: "The gas limit. (default: as much as a block allows a transaction)")
    var gas: UInt64?

    @Option(help: ArgumentHelp("A signed transaction as 0x hexadecimal; @FILE reads a file, - standard input.", valueName: "raw"))
    var tx: String?

    @Option(help: ArgumentHelp("A mined transaction, executed again where it was.", valueName: "hash"))
    var hash: String?

    @Argument(help: "The arguments of --call: JSON for arrays and tuples.")
    var values: [String] = []

    func validate() throws {
        let isCall = to != nil || create
        guard [isCall, tx != nil, hash != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("Expected one of --to, --create, --tx and --hash.")
        }
        guard to == nil || !create else { throw ValidationError("--create has no --to.") }
        guard data == nil || call == nil else { throw ValidationError("Expected --data or --call, not both.") }
        guard call != nil || values.isEmpty else { throw ValidationError("Values are arguments of --call.") }
        guard !create || data != nil else { throw ValidationError("--create needs --data.") }
        let parts = [from != nil, value != nil, gas != nil, data != nil, call != nil]
        guard isCall || !parts.contains(true) else {
            throw ValidationError("--from, --value, --gas, --data and --call are parts of a call: the transaction has its own.")
        }
    }

    /// - Throws: `OperationError`.
    func subject() throws(OperationError) -> SimulationSubject {
        if let tx {
            let bytes = try InputText.bytes(tx, "--tx")
            let envelope = try OperationError.of { () throws(TransactionDecodingError) in
                try TransactionEnvelope(decoding: bytes)
            }
            return .signed(envelope, from: try OperationError.of { () throws(CryptoError) in try envelope.sender() })
        }
        if let hash {
            return .mined(try OperationError.named("--hash") { () throws(HexError) in try TransactionHash(hex: hash) })
        }
        let sender = NodeVariable.choose(from, "--from", "ETH_FROM")
        return .call(
            from: try sender.map { (text, name) throws(OperationError) in try Self.address(text, name) } ?? .zero,
            to: try to.map { (text) throws(OperationError) in try Self.address(text, "--to") }, data: try callData(),
            value: try value.map { (text) throws(OperationError) in try AmountText.wei(text, "--value") } ?? .zero, gas: gas)
    }

    private func callData() throws(OperationError) -> [UInt8] {
        if let data { return try InputText.bytes(data, "--data") }
        guard let call else { return [] }
        let text = try CallText(call)
        guard text.selector != nil else { throw .usage("--call: expected a signature such as poke(), got \(call)") }
        let encoded = try text.encode(values, packed: false)
        return try OperationError.of { () throws(HexError) in try Hex.decode(encoded.string ?? "") }
    }

    private static func address(_ text: String, _ name: String) throws(OperationError) -> Address {
        try OperationError.named(name) { () throws(AddressError) in try Address(hex: text) }
    }
}

extension OperationError {
    /// What a codec throws, as bad data of an option.
    static func named<Value, Failure: Error>(
        _ name: String, _ body: () throws(Failure) -> Value
    ) throws(OperationError) -> Value {
        do throws(Failure) {
            return try body()
        } catch {
            throw .badData("\(name): \(error)")
        }
    }
}

/// Amounts on the command line.
enum AmountText {
    /// `0.1 ether`, `3 gwei`; a bare number is wei, as in cast.
    static func wei(_ text: String, _ name: String) throws(OperationError) -> Wei {
        if let number = UInt256(text) { return Wei(number) }
        return try OperationError.named(name) { () throws(WeiError) in try Wei(parsing: text) }
    }
}
