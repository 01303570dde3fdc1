internal import ArgumentParser

/// The toolbox.
@main
struct Keeperctl: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "keeperctl", abstract: "Ethereum's formats at hand.")
}
