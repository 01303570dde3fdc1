public import EthPrimitives

extension Provider {
    /// What a call returns; a revert is the node's error.
    public func call(
        _ call: CallRequest, at block: BlockReference, accounts: StateOverrides? = nil, overrides: BlockOverrides? = nil
    ) async throws -> [UInt8] {
        try await value(.call(call, at: block, accounts: accounts, overrides: overrides))
    }

    /// The node's gas estimate. An estimate tests the outer call only.
    public func estimateGas(
        _ call: CallRequest, at block: BlockReference, accounts: StateOverrides? = nil, overrides: BlockOverrides? = nil
    ) async throws -> Gas {
        try await value(.estimateGas(call, at: block, accounts: accounts, overrides: overrides))
    }

    /// What a call touches.
    public func createAccessList(_ call: CallRequest, at block: BlockReference) async throws -> CreatedAccessList {
        try await value(.createAccessList(call, at: block))
    }

    /// Blocks of calls on top of a block.
    public func simulate(_ simulation: Simulation, on block: BlockReference) async throws -> [SimulatedBlock] {
        try await value(.simulate(simulation, on: block))
    }
}
