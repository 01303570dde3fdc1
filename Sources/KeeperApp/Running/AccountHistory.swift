import EthPrimitives
import EthRPC
import KeeperCore
import KeeperTransactions

/// Compares what the chain says of an account with what its store knows. A second process with the same key and another store shows by
/// nonces that this one never gave out.
struct AccountHistory: Sendable {
    /// Nonces from this one on are unknown to the store.
    var known: Nonce
    /// The next nonce by the newest block and the pool, the higher of the two.
    var used: Nonce
    /// The next nonce by the newest final block.
    var final: Nonce

    /// Transactions that the store knows nothing of.
    var unknown: UInt64 { used > known ? used - known : 0 }

    /// Reads the account's nonces.
    /// - Returns: `nil` for a store that does not know the account yet: it waits by itself until the account is quiet.
    /// - Throws: `RPCError`.
    static func read(
        _ state: MachineState, of account: Address, at head: BlockHeader, _ finality: Finality, through provider: Provider
    ) async throws -> Self? {
        guard state.isAdopted else { return nil }
        let latest = try await provider.nonce(of: account, at: .hash(head.hash))
        // Not every node has a pool to show.
        let pending = (try? await provider.nonce(of: account, at: .pending)) ?? latest  // see above
        let reference: BlockReference =
            switch finality {
            case .tag: .finalized
            case .depth(let depth): .number(head.number - min(head.number, depth))
            }
        let final = try await provider.nonce(of: account, at: reference)
        let bound = state.bindings.last.map { $0.nonce + 1 } ?? 0
        return Self(known: max(state.floor, bound), used: max(latest, pending), final: final)
    }

    /// Refuses to begin beside another process: while the newest transaction that the store does not know is not final.
    /// - Throws: `SecondProcess`.
    func requireAlone(_ account: Address) throws {
        guard unknown > 0, final < used else { return }
        throw SecondProcess(
            description:
                "\(account) sent \(unknown) transaction\(unknown == 1 ? "" : "s") that the store does not know, the newest is not "
                + "final: another process uses the key. This one begins when that is final and nothing new came")
    }
}

/// Another process signs with the same key.
struct SecondProcess: ExitCodeProviding, CustomStringConvertible {
    var description: String
    var exitCode: KeeperExitCode { .secondInstance }
}
