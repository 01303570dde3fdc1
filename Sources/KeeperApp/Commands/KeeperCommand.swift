import ArgumentParser
import Foundation

/// The command line of a keeper: verbs around one program.
struct KeeperCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: P.name, abstract: P.summary,
            subcommands: [
                RunCommand<P>.self, DryRunCommand<P>.self, RecordCommand<P>.self, BacktestCommand<P>.self, ConfigCommand<P>.self,
            ])
    }
}

/// Runs a keeper's command line; never returns.
public func runKeeper<P: KeeperProgram>(_ program: P.Type) async -> Never {
    do {
        var command = try KeeperCommand<P>.parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
        Foundation.exit(KeeperExitCode.done.rawValue)
    } catch {
        if isCommandLineError(error) { KeeperCommand<P>.exit(withError: error) }
        Terminal.note("\(P.name): \(error)")
        Foundation.exit(KeeperExitCode(for: error).rawValue)
    }
}

/// Whether the parser's own texts and exit codes fit: help, usage, validation.
private func isCommandLineError(_ error: any Error) -> Bool {
    if error is ExitCode || error is ValidationError || error is CleanExit { return true }
    return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
}

/// Flags of every verb that needs a configuration.
struct ConfigOptions: ParsableArguments {
    @Option(name: .long, help: "The configuration file.")
    var config: String

    func loader(readsNodeVariables: Bool = true) -> ConfigLoader {
        ConfigLoader(path: config, readsNodeVariables: readsNodeVariables)
    }
}

/// Flags of verbs that talk to a node.
struct NodeOptions: ParsableArguments {
    @Option(name: [.customShort("r"), .customLong("rpc-url")], help: "The node's URL; replaces rpc.endpoints. [$ETH_RPC_URL]")
    var rpcURL: String?

    @Option(name: .customLong("rpc-timeout"), help: "Time allowed for one exchange, such as 10s. [$ETH_RPC_TIMEOUT]")
    var rpcTimeout: String?

    @Option(name: [.customShort("f"), .customLong("from")], help: "The account that simulations name as sender. [$ETH_FROM]")
    var from: String?

    func apply(to loader: inout ConfigLoader) {
        if let rpcURL { loader.flags.append((["rpc", "endpoints"], rpcURL, "--rpc-url")) }
        if let rpcTimeout { loader.flags.append((["rpc", "timeout"], rpcTimeout, "--rpc-timeout")) }
        if let from { loader.flags.append((["transactions", "from"], from, "--from")) }
    }
}
