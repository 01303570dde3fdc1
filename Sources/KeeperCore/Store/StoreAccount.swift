public import EthPrimitives

/// Whose records: one address on one chain. The same key on another chain has a life of its own.
public struct StoreAccount: Hashable, Sendable, CustomStringConvertible {
    public var chainID: ChainID
    public var address: Address

    public init(chainID: ChainID, address: Address) {
        self.chainID = chainID
        self.address = address
    }

    public var description: String { "\(address) on chain \(chainID)" }
}
