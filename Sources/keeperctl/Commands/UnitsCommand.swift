import ArgumentParser
import EthCodec
import EthPrimitives

/// `units`: an amount of money in other units, exactly.
struct UnitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "units", abstract: "Convert an amount between units of money, exactly.",
        discussion: """
            Units are wei, kwei, mwei, gwei, szabo, finney and ether, or a number of decimals, such as 6 for USDC.
              keeperctl units 1.5 gwei
              keeperctl units 0.01 ether --to gwei
              keeperctl units 12.5 6 --to wei
            """)

    @Argument(help: "A decimal number.")
    var amount: String
    @Argument(help: "Its unit.")
    var unit: String = "wei"
    @Option(help: ArgumentHelp("Print only the number in this unit.", valueName: "unit"))
    var to: String?
    @OptionGroup var output: OutputOptions

    func run() throws {
        let from = try Self.denomination(unit, "unit")
        let wei = try OperationError.of { () throws(DecimalError) in try from.parse(amount) }
        if let to { return output.show(.string(try Self.denomination(to, "--to").text(wei))) }
        let shown = [("wei", Denomination.wei), ("gwei", .gwei), ("ether", .ether)]
        output.show(.object(shown.map { JSON.Member($0.0, .string($0.1.text(wei))) }))
    }

    private static func denomination(_ text: String, _ name: String) throws(OperationError) -> Denomination {
        guard let unit = Denomination(named: text) ?? Int(text).flatMap({ Denomination(decimals: $0) }) else {
            let names = Denomination.named.map(\.name).joined(separator: ", ")
            throw .usage("\(name): unknown unit \"\(text)\", expected \(names), or decimals from 0 to 77")
        }
        return unit
    }
}
