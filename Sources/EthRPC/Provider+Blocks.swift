internal import EthCodec
public import EthPrimitives

extension Provider {
    public func chainID() async throws -> ChainID { ChainID(try await request("eth_chainId").uint64()) }

    /// The header of a block by tag or number; `nil` where the node knows no such block.
    public func header(_ block: BlockReference) async throws -> BlockHeader? {
        let reader =
            if case .hash(let hash) = block {
                try await request("eth_getBlockByHash", [.string(hash.description), false])
            } else {
                try await request("eth_getBlockByNumber", [block.json, false])
            }
        return reader.json == .null ? nil : try BlockHeader(reader)
    }

    /// The newest header that the node has.
    public func head() async throws -> BlockHeader {
        guard let header = try await header(.latest) else {
            throw RPCError(.malformedResult, "expected the latest block, got null", method: "eth_getBlockByNumber")
        }
        return header
    }

    /// The logs that some contracts emitted in one block.
    public func logs(of addresses: [Address], in block: BlockHash) async throws -> [Log] {
        let filter = JSON.object([
            "blockHash": .string(block.description), "address": .array(addresses.map { .string($0.hex) }),
        ])
        var logs: [Log] = []
        for element in try await request("eth_getLogs", [filter]).elements() { logs.append(try Log(element)) }
        return logs
    }
}
