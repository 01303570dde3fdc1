public import EthPrimitives
public import EthRPC
public import EthTransactions

/// Where the rules of a chain are known from: a configuration, else the node, else the table of known chains, else nowhere.
public enum ForkSource: String, Hashable, Sendable {
    case configuration, node, table

    /// Finds the rules of a chain.
    /// - Parameters:
    ///   - configured: what a person said.
    ///   - methods: what the node is known not to offer; learns that `eth_config` is missing.
    /// - Throws: `ForkError` where nobody knows; what the transport throws.
    public static func schedule(
        of chain: ChainID, configured: Fork? = nil, asking provider: Provider, methods: MissingMethods = MissingMethods()
    ) async throws -> (schedule: ForkSchedule, source: ForkSource) {
        if let configured { return (ForkSchedule(configured), .configuration) }
        var refusal = ForkError.unknownChain(chain)
        if let configuration = try await methods.unlessMissing("eth_config", { try await provider.value(.configuration) }) {
            guard configuration.current.chainID == chain else {
                throw ForkError.wrongChain(configuration.current.chainID, expected: chain)
            }
            do throws(ForkError) {
                let told = try ForkSchedule(configuration)
                return (ForkSchedule.known(chain).map(told.preceded) ?? told, .node)
            } catch {
                refusal = error
            }
        }
        // A node with rules that nobody knows here is ahead of the table too.
        guard case .unknownChain = refusal, let known = ForkSchedule.known(chain) else { throw refusal }
        return (known, .table)
    }
}
