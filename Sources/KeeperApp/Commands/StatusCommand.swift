internal import EthCodec
import ArgumentParser
import EthPrimitives
import EthRPC
import KeeperCore
import KeeperStore
import KeeperTransactions

/// `status`: how a keeper stands.
struct StatusCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status", abstract: "Tell how the keeper stands: its work, its last day, its wallet, its nodes.",
            discussion: """
                Beside the running keeper, without its key: the work is read from a node, the last day from the store, nodes and alerts \
                are asked of the process at ops.listen. What is not there is left out, and said.

                Exit codes: 0 told; 65 the store is damaged; 69 no node answers, and what process and store say is told; 78 the configuration.
                """)
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var node: NodeOptions

    @Flag(help: "Print JSON with sorted keys.")
    var json = false

    private static var day: UInt64 { 86_400 }

    func run() async throws {
        var loader = options.loader()
        node.apply(to: &loader)
        let wiring = try Wiring<P>(loader)
        let common = wiring.common
        let pool = try wiring.nodes().pool
        let provider = Provider(pool)
        var report = StatusReport(program: P.name, common: common, deadline: P.deadline(wiring.configuration))
        // In an outage the process and the store still have something to say.
        var outage: RPCError?
        do {
            let head = try await wiring.firstHead(pool)
            let keeper = try await wiring.keeper(sender: nil, at: head, through: provider)
            report.standing = try await P.standing(keeper, at: head, through: provider)
            report.head = head
        } catch let error as RPCError { outage = error }
        if let ops = common.ops, let live = await LiveStatus.ask(ops.listen) {
            report.isStranger = !live.isOf(P.name, common.name)
            report.live = report.isStranger ? nil : live
        }
        if let path = common.store { try await look(at: path, &report, through: provider) }
        Terminal.print(json ? report.json.sortedText : report.text)
        if let outage { throw outage }
    }

    private func look(at path: String, _ report: inout StatusReport, through provider: Provider) async throws {
        let file: StoreFile
        do throws(StoreError) { file = try StoreFile(path: path) } catch {
            guard error.code == .failed else { throw error }
            // A keeper that never ran has none.
            return Terminal.note("note: \(error)")
        }
        let wall = TimeSource.wallSeconds
        // The chain's time may be another than the wall's, on a local chain.
        let start = report.head.map { $0.timestamp - min($0.timestamp, Self.day) } ?? 0
        report.day = DayFigures(try file.journal(since: wall - min(wall, Self.day)), since: start)
        guard let account = try file.accounts().first(where: { $0.chainID == report.common.chainID }) else { return }
        let records = try file.records(of: account)
        do throws(RecordError) { report.account = (account, try MachineState(replaying: records)) } catch {
            throw StoreError(.damaged, "the records of \(account) contradict each other: \(error)")
        }
        guard let head = report.head else { return }
        report.balance = try await provider.balance(of: account.address, at: .hash(head.hash))
        report.nonce = try await provider.nonce(of: account.address, at: .hash(head.hash))
    }
}
