import ArgumentParser
import EthCodec
import EthPrimitives

/// `units`: an amount of money in other units, exactly.
struct UnitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "units", abstract: "Convert an amount between wei, gwei and ether, exactly.",
        discussion: "keeperctl units 1.5 gwei\nkeeperctl units 0.01 ether --to gwei")

    @Argument(help: "A decimal number.")
    var amount: String
    @Argument(help: "wei, gwei or ether.")
    var unit: String = "wei"
    @Option(help: "Print only this unit's number.")
    var to: String?
    @OptionGroup var output: OutputOptions

    func run() throws {
        let wei = try Self.reading("\(amount) \(unit)")
        let all: [(String, Int)] = [("wei", 0), ("gwei", 9), ("ether", 18)]
        let result: JSON
        if let to {
            guard let (_, decimals) = all.first(where: { $0.0 == to }) else {
                throw OperationError.usage("--to: unknown unit \"\(to)\", expected wei, gwei or ether")
            }
            result = .string(wei.decimal(decimals))
        } else {
            result = .object(all.map { JSON.Member($0.0, .string(wei.decimal($0.1))) })
        }
        output.show(result)
    }

    private static func reading(_ text: String) throws(OperationError) -> Wei {
        do throws(WeiError) {
            return try Wei(parsing: text)
        } catch {
            throw .badData("\(error)")
        }
    }
}
