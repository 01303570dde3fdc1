import ArgumentParser
import KeeperApp
import KeeperCore
import KeeperStore

/// `store`: what a keeper must not forget, from outside.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Look at a keeper's store, check it, export it, copy it.",
        discussion: "All of them read only, also beside the keeper that has the store.",
        subcommands: [Info.self, Export.self, Backup.self])
}

/// The store that a command reads.
struct StorePath: ParsableArguments {
    @Argument(help: "The store: the path under store in the keeper's configuration.", completion: .file())
    var store: String

    /// - Throws: `OperationError`; 65 where there is no store, or a damaged one.
    func opened() throws -> StoreFile { try Self.of { () throws(StoreError) in try StoreFile(path: store) } }

    /// What a store throws, with the exit codes of a tool that only reads.
    static func of<Value>(_ body: () throws(StoreError) -> Value) throws(OperationError) -> Value {
        do throws(StoreError) { return try body() } catch { throw OperationError(error) }
    }
}

extension OperationError {
    /// What a store throws, with the exit code of a tool that only reads.
    init(_ error: StoreError) {
        exitCode =
            switch error.code {
            case .newer: .configuration
            case .inUse: .tryAgainLater
            case .damaged, .failed, .notCertain: .badData
            }
        message = error.description
    }
}
