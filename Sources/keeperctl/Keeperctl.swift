import ArgumentParser
import KeeperApp

/// The toolbox: Ethereum's formats at hand, for people and for pipes.
@main
struct Keeperctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keeperctl",
        abstract: "Hash, encode, decode, sign and inspect what Ethereum is made of; ask nodes and compare them.",
        discussion: "Results go to standard output, as text or with --json as JSON; wrong input is one line on standard error.",
        subcommands: [
            KeccakCommand.self, ABICommand.self, RLPCommand.self, TxCommand.self, WalletCommand.self, AddressCommand.self,
            UnitsCommand.self, BatchCommand.self, RPCCommand.self, SimulateCommand.self, DoctorCommand.self, CassetteCommand.self,
            StoreCommand.self, JournalCommand.self, StateTestCommand.self, CompletionsCommand<Keeperctl>.self,
        ])

    static func main() async { await runCommandLine(Keeperctl.self, name: "keeperctl") }
}
