public import EthPrimitives

extension Provider {
    /// Number of transactions that an account has sent, at a block.
    public func nonce(of address: Address, at block: BlockReference) async throws -> Nonce {
        try await value(.nonce(of: address, at: block))
    }

    public func balance(of address: Address, at block: BlockReference) async throws -> Wei {
        try await value(.balance(of: address, at: block))
    }

    /// A contract's code; empty where there is none.
    public func code(of address: Address, at block: BlockReference) async throws -> [UInt8] {
        try await value(.code(of: address, at: block))
    }

    /// One 32-byte word of a contract's storage.
    public func storage(of address: Address, _ key: StorageKey, at block: BlockReference) async throws -> B256 {
        try await value(.storage(of: address, key, at: block))
    }
}
