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
