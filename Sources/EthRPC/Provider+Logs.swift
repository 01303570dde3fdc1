public import EthPrimitives

extension Provider {
    /// The logs that some contracts emitted in one block.
    public func logs(of addresses: [Address], in block: BlockHash) async throws -> [Log] {
        // A filter without addresses is one for all contracts: no addresses have no logs.
        addresses.isEmpty ? [] : try await logs(LogFilter(.hash(block), addresses: addresses))
    }

    public func logs(_ filter: LogFilter) async throws -> [Log] { try await value(.logs(filter)) }
}
