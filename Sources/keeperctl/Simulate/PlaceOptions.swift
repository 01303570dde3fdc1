import ArgumentParser
import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions

/// On which state and in which block something is simulated.
struct SimulationPlace {
    /// A point in time: as it is, or so many seconds after the block.
    enum Time: Equatable { case at(UInt64), after(UInt64) }

    var block: BlockReference
    var time: Time?
    var number: UInt64?
    var baseFee: Wei?
    var fork: Fork?
    var accounts: StateOverrides
    /// The most transactions that are executed before a mined one.
    var before: Int
    /// Whether a signed transaction must be one that a block could hold.
    var isStrict: Bool
}

/// The block, and what is to be different in it.
struct PlaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The block whose state is taken: latest, safe, finalized, a number or a hash.", valueName: "block"))
    var block = "latest"

    @Option(help: ArgumentHelp("When it is executed: unix seconds, or +SECONDS after the block.", valueName: "time"))
    var time: String?

    @Option(help: "The number of the block that it is executed in. (default: the one after --block)")
    var number: UInt64?

    @Option(
        help: ArgumentHelp(
            "Its base fee, such as '3 gwei'; a bare number is wei. (default: what follows from --block)", valueName: "amount"))
    var baseFee: String?

    @Option(
        help: "The rules that hold, London or newer. (default: what the node says, else what is known of the chain)",
        completion: .list(Fork.allCases.filter { $0 >= .london }.map(\.name)))
    var fork: String?

    @Option(
        name: .customLong("override"),
        help: ArgumentHelp("Accounts as they are wanted: the state overrides of eth_call, in a file.", valueName: "path"),
        completion: .file())
    var overrides: String?

    @Option(help: "With --hash, the most transactions before it that are executed first.")
    var before = 100

    @Flag(help: "With --tx, leave out whether a block could hold it: nonce, balance, fees.")
    var lenient = false

    func place(for subject: SimulationSubject) throws -> SimulationPlace {
        if case .mined = subject {
            guard block == "latest", time == nil, number == nil, baseFee == nil else {
                throw ValidationError(
                    "--hash has its own block: --block, --time, --number and --base-fee have no place beside it.")
            }
        }
        let fee = try baseFee.map { try AmountText.wei($0, "--base-fee") }
        return SimulationPlace(
            block: try Self.reference(block), time: try time.map(Self.time), number: number, baseFee: fee,
            fork: try fork.map(Self.fork), accounts: try overrides.map(OverrideFile.read) ?? [:], before: before,
            isStrict: !lenient)
    }

    func validate() throws {
        if before < 0 { throw ValidationError("--before: expected a number of transactions, got \(before)") }
        if let fork { _ = try Self.fork(fork) }
        if let time { _ = try Self.time(time) }
    }

    static func reference(_ text: String) throws -> BlockReference {
        switch text {
        case "latest": return .latest
        case "safe": return .safe
        case "finalized": return .finalized
        case "earliest": return .earliest
        default: break
        }
        if text.hasPrefix("0x"), text.utf8.count == 66 {
            return .hash(try OperationError.named("--block") { () throws(HexError) in try BlockHash(hex: text) })
        }
        let number = text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
        guard let number else {
            throw OperationError.badData("--block: expected latest, safe, finalized, a number or a hash, got \(text.prefix(80))")
        }
        return .number(number)
    }

    private static func time(_ text: String) throws -> SimulationPlace.Time {
        // The year 36,812: far beyond every block, and far from what overflows.
        guard let seconds = UInt64(text.hasPrefix("+") ? text.dropFirst() : text[...]), seconds < 1 << 40 else {
            throw ValidationError("--time: expected unix seconds or +SECONDS, got \"\(text)\"")
        }
        return text.hasPrefix("+") ? .after(seconds) : .at(seconds)
    }

    private static func fork(_ name: String) throws -> Fork {
        guard let fork = Fork(name: name), fork >= .london else {
            let names = Fork.allCases.filter { $0 >= .london }.map(\.name).joined(separator: ", ")
            throw ValidationError("--fork: expected one of \(names), got \"\(name)\"")
        }
        return fork
    }
}
