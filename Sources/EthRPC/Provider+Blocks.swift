public import EthPrimitives

extension Provider {
    public func chainID() async throws -> ChainID { try await value(.chainID) }

    /// The header of a block by tag, number or hash; `nil` where the node knows no such block.
    public func header(_ block: BlockReference) async throws -> BlockHeader? { try await value(.header(block)) }

    /// The newest header that the node has.
    public func head() async throws -> BlockHeader {
        guard let header = try await header(.latest) else {
            throw RPCError(.malformedResult, "expected the latest block, got null", method: "eth_getBlockByNumber")
        }
        return header
    }

    /// A whole block; `nil` where the node knows no such block.
    /// - Parameter full: whether it comes with whole transactions instead of their hashes.
    public func block(_ block: BlockReference, full: Bool) async throws -> Block? { try await value(.block(block, full: full)) }

    /// The receipts of a block; `nil` where the node knows no such block.
    public func receipts(of block: BlockReference) async throws -> [Receipt]? { try await value(.receipts(of: block)) }
}
