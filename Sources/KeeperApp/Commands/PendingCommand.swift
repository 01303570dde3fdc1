internal import EthCodec
import ArgumentParser
import EthPrimitives
import KeeperCore
import KeeperStore
import KeeperTransactions

/// `pending`: what is in flight, and an operator's hand on it.
struct PendingCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "pending", abstract: "Look at what is in flight; take it back, or press it.",
            subcommands: [
                PendingListCommand<P>.self, PendingCancelCommand<P>.self, PendingBumpCommand<P>.self, PendingAdoptCommand<P>.self,
            ])
    }
}

/// `pending list`: what the store says is in flight.
struct PendingListCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List what is wanted and in flight, from the store; goes to no node.")
    }

    @OptionGroup var options: ConfigOptions

    @Flag(help: "Print JSON with sorted keys.")
    var json = false

    func run() async throws {
        let wiring = try Wiring<P>(options.loader(readsNodeVariables: false))
        guard let path = wiring.common.store else { throw ConfigError("store", "the key is missing") }
        let file = try StoreFile(path: path)
        var reports: [PendingReport] = []
        for account in try file.accounts() where account.chainID == wiring.common.chainID {
            let records = try file.records(of: account)
            do throws(RecordError) { reports.append(PendingReport(account, try MachineState(replaying: records))) } catch {
                throw StoreError(.damaged, "the records of \(account) contradict each other: \(error)")
            }
        }
        let texts = reports.map(\.text)
        Terminal.print(
            json
                ? JSON.array(reports.map(\.json)).sortedText
                : texts.isEmpty ? "nothing was ever wanted on chain \(wiring.common.chainID)" : texts.joined(separator: "\n\n"))
    }
}

/// `pending cancel`: takes an intent back.
struct PendingCancelCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel",
            abstract: "Take an intent back; an empty transaction to oneself takes its nonce, if it can still.")
    }

    @Argument(help: ArgumentHelp("An intent's id, its nonce, or the hash of one of its transactions.", valueName: "id|nonce|tx"))
    var name: String

    @OptionGroup var options: ConfigOptions
    @OptionGroup var request: RequestOptions

    func run() async throws { try await request.ask(.cancel(name), Wiring<P>(options.loader(readsNodeVariables: false))) }
}

/// `pending bump`: replaces a waiting transaction by a dearer one.
struct PendingBumpCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "bump", abstract: "Replace a waiting transaction at the next head by a dearer one, within the caps.")
    }

    @Argument(help: ArgumentHelp("An intent's id, its nonce, or the hash of one of its transactions.", valueName: "id|nonce|tx"))
    var name: String

    @OptionGroup var options: ConfigOptions
    @OptionGroup var request: RequestOptions

    func run() async throws { try await request.ask(.bump(name), Wiring<P>(options.loader(readsNodeVariables: false))) }
}

/// `pending adopt`: ends the wait of a new store.
struct PendingAdoptCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "adopt", abstract: "Say that the account has nothing in flight that an earlier store would know.",
            discussion: """
                With a new store the keeper waits until its account has been quiet for a while, because nobody tells it what was sent \
                before. This ends the wait. If it is not true, something may be sent twice.
                """)
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var request: RequestOptions

    func run() async throws { try await request.ask(.adopt, Wiring<P>(options.loader(readsNodeVariables: false))) }
}
