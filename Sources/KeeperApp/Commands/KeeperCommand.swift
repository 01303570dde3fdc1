public import ArgumentParser
import Foundation
import KeeperCore

/// The command line of a keeper: verbs around one program.
struct KeeperCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: P.name, abstract: P.summary, version: KeeperVersion.current,
            subcommands: [
                RunCommand<P>.self, DryRunCommand<P>.self, RecordCommand<P>.self, BacktestCommand<P>.self, ReplayCommand<P>.self,
                ExplainCommand<P>.self, PendingCommand<P>.self, PauseCommand<P>.self, ResumeCommand<P>.self,
                RetireCommand<P>.self, StatusCommand<P>.self,
                DoctorCommand<P>.self, ConfigCommand<P>.self,
            ] + (P.calibrationSummary == nil ? [] : [CalibrateCommand<P>.self]))
    }
}

/// Runs a keeper's command line; never returns.
public func runKeeper<P: KeeperProgram>(_ program: P.Type) async -> Never {
    await runCommandLine(KeeperCommand<P>.self, name: P.name)
}

/// Runs a command line, one line on standard error and the table's exit code for what goes wrong; never returns.
public func runCommandLine<C: AsyncParsableCommand>(_ root: C.Type, name: String) async -> Never {
    do {
        var command = try root.parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
        Foundation.exit(KeeperExitCode.done.rawValue)
    } catch {
        if isCommandLineError(error) {
            let code = root.exitCode(for: error)
            if code.isSuccess || error is ExitCode { root.exit(withError: error) }
            // An argument in the wrong place may be the URL of a node, with a token in it.
            let message = URLMask.masking(root.message(for: error))
            Terminal.note("\(name): \(message) (\(name) --help shows the usage)")
            Foundation.exit(code.rawValue)
        }
        Terminal.note("\(name): \(error)")
        Foundation.exit(KeeperExitCode(for: error).rawValue)
    }
}

/// Whether the parser's own texts and exit codes fit: help, usage, validation.
private func isCommandLineError(_ error: any Error) -> Bool {
    if error is ExitCode || error is ValidationError || error is CleanExit { return true }
    return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
}
