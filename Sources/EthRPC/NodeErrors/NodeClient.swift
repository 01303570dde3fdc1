/// Who is known to use a wording: for people who read the table. Lookups do not ask, since behind a balancer nobody knows.
public enum NodeClient: String, Sendable, Hashable, CaseIterable {
    /// A specification (JSON-RPC 2.0, EIP-1474, execution-apis), or several clients.
    case any
    case geth, nethermind, besu, erigon, reth
    /// Clients for development.
    case hardhat, anvil, ganache, parity
    case infura, alchemy, quicknode, ankr, cloudflare, drpc, chainstack, tenderly, etherscan
    /// Balancers and other public endpoints.
    case proxyd, provider
}
