internal import EthCodec
import ArgumentParser
import EthPrimitives
import KeeperCore
import KeeperTransactions

/// `retire`: ends a keeper for good.
struct RetireCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "retire",
            abstract: "End a keeper: see through what is in flight, prove that nothing is left, let go of the key.",
            discussion: """
                Stop the running process first. What is in flight is taken back where it can be, and waited for until it is final. Then \
                every node must show the same nonce for the account, mined and pending. From then on run refuses this store (exit \
                code 77); "\(P.name) resume --leave" makes it a keeper again.

                Exit codes: 0 retired; 75 something is left, or it was interrupted: the same command goes on; 77 --delete-key, and the \
                wallet is not empty; 80 the keeper still runs.
                """)
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var node: NodeOptions

    @Flag(
        name: .customLong("delete-key"),
        help: "Delete the files of the key and of its password that the configuration names. The wallet must be empty.")
    var deletesKey = false

    @Flag(name: .customLong("abandon-funds"), help: "Delete the key though the wallet is not empty.")
    var abandonsFunds = false

    @Flag(help: "Print JSON with sorted keys.")
    var json = false

    func validate() throws {
        if abandonsFunds, !deletesKey { throw ValidationError("--abandon-funds: expected --delete-key with it") }
    }

    func run() async throws {
        var loader = options.loader()
        node.apply(to: &loader)
        let live = try await LiveKeeper(Premises(Wiring<P>(loader)), mayBeRetired: true)
        let retirement = live.retirement
        try await runUntilStopped(ending: retirement, beside: live.services, live.logger)
        let state = live.manager.status.state
        guard let proof = retirement.proof, state.bindings.isEmpty, state.wanted.isEmpty else {
            throw NotRetired(description: "\(state.bindings.count) transactions are still in flight: the same command goes on")
        }
        guard proof.isQuiet, state.pausedUntil == Retirement.forever else {
            let nodes = proof.nodes.map { "\($0.label) has nonce \($0.nonce), pending \($0.pending)" }
            throw NotRetired(description: "nodes disagree, or something waits in a pool: \(nodes.joined(separator: "; "))")
        }
        let key = KeyRemains(live.wiring.common.signer)
        if deletesKey {
            guard proof.balance == .zero || abandonsFunds else {
                throw PolicyRefusal(
                    description:
                        "the wallet \(live.account) holds \(proof.balance): move it first, or say --abandon-funds. The key is still there"
                )
            }
            do { try key.delete() } catch {
                Terminal.note("\(live.account) is retired, and its key is still there")
                throw error
            }
        }
        Terminal.print(json ? report(live.account, proof, key).sortedText : text(live.account, proof, key))
    }

    private func text(_ account: Address, _ proof: Retirement.Proof, _ key: KeyRemains) -> String {
        var lines = ["\(account) is retired: nothing in flight, nothing pending"]
        lines += proof.nodes.map { "\($0.label)  nonce \($0.nonce), pending \($0.pending)" }
        lines.append("wallet  \(proof.balance.fixed(18, places: 18)) ETH")
        lines += key.text(isDeleted: deletesKey)
        return lines.joined(separator: "\n")
    }

    private func report(_ account: Address, _ proof: Retirement.Proof, _ key: KeyRemains) -> JSON {
        .object([
            "account": .string(account.description), "retired": true, "balanceWei": .string(proof.balance.rawValue.description),
            "keyDeleted": .bool(deletesKey && key.canBeDeleted),
            "nodes": .array(
                proof.nodes.map {
                    .object(["name": .string($0.label), "nonce": .integer($0.nonce), "pending": .integer($0.pending)])
                }),
        ])
    }
}

/// Something is still in flight.
private struct NotRetired: ExitCodeProviding, CustomStringConvertible {
    var description: String
    var exitCode: KeeperExitCode { .tryAgainLater }
}
