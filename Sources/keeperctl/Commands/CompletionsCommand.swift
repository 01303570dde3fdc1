import ArgumentParser
import Foundation
import KeeperApp

/// `completions`: what a shell needs to complete commands and flags.
struct CompletionsCommand<Root: ParsableCommand>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "completions", abstract: "Print or install completions for a shell.",
            discussion: """
                --install writes where the shell looks for a user's completions: bash-completion's folder under $XDG_DATA_HOME, \
                ${ZDOTDIR:-$HOME}/.zfunc (to be named in fpath before compinit), or fish's folder under $XDG_CONFIG_HOME.
                """)
    }

    @Argument(help: "bash, zsh or fish.")
    var shell: CompletingShell

    @Flag(help: "Write the completions to the shell's folder instead of printing them.")
    var install = false

    func run() throws {
        let script = Root.completionScript(for: shell.parserShell)
        guard install else { return Terminal.print(script) }
        let file = try Self.place(of: shell, in: ProcessInfo.processInfo.environment)
        do {
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data((script + "\n").utf8).write(to: file)
        } catch {
            throw OperationError.badData("cannot write \(file.path): \(FileProblem(error))")
        }
        Terminal.print("wrote \(file.path); open a new shell to use it")
    }

    /// The file in which the shell looks for completions of `keeperctl`.
    static func place(of shell: CompletingShell, in environment: [String: String]) throws(OperationError) -> URL {
        func folder(_ variable: String, _ underHome: String) throws(OperationError) -> URL {
            if let path = environment[variable], path.hasPrefix("/") { return URL(fileURLWithPath: path) }
            guard let home = environment["HOME"], home.hasPrefix("/") else {
                throw .usage("HOME is not set: nowhere to install to")
            }
            return URL(fileURLWithPath: home).appendingPathComponent(underHome)
        }
        return switch shell {
        case .bash: try folder("XDG_DATA_HOME", ".local/share").appendingPathComponent("bash-completion/completions/keeperctl")
        case .zsh: try folder("ZDOTDIR", "").appendingPathComponent(".zfunc/_keeperctl")
        case .fish: try folder("XDG_CONFIG_HOME", ".config").appendingPathComponent("fish/completions/keeperctl.fish")
        }
    }
}

/// A shell whose completions we know.
enum CompletingShell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish

    var parserShell: CompletionShell {
        switch self {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
    }
}
