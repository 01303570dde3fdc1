internal import EthCodec
public import EthPrimitives

extension Provider {
    /// The receipt of a mined transaction; `nil` while it is not mined, or again after a reorganisation.
    public func receipt(_ hash: TransactionHash) async throws -> Receipt? {
        let reader = try await request("eth_getTransactionReceipt", [.string(hash.description)])
        return reader.json == .null ? nil : try Receipt(reader)
    }

    /// Number of transactions that an account has sent, at a block.
    public func nonce(of address: Address, at block: BlockReference) async throws -> Nonce {
        try await request("eth_getTransactionCount", [.string(address.hex), block.json]).uint64()
    }

    public func balance(of address: Address, at block: BlockReference) async throws -> Wei {
        try await request("eth_getBalance", [.string(address.hex), block.json]).wei()
    }

    /// Hands signed bytes to the node. Never repeated blindly: the caller watches the hash, which it knows beforehand.
    /// - Returns: the hash that the node reports.
    public func broadcast(_ signed: [UInt8]) async throws -> TransactionHash {
        try await request("eth_sendRawTransaction", [.string(Hex.encode(signed))]).b256()
    }
}
