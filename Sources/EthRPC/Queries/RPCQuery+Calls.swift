internal import EthCodec
public import EthPrimitives

extension RPCQuery {
    /// Parameters behind the block, as far as the last that is there: those before it may not be left out.
    fileprivate static func overrides(_ accounts: StateOverrides?, _ block: BlockOverrides?) -> [JSON?] {
        guard let block else { return [accounts?.json] }
        return [accounts?.json ?? .object([:]), block.json]
    }
}

extension RPCQuery where Value == [UInt8] {
    /// What a call returns; a revert is the node's error.
    public static func call(
        _ call: CallRequest, at block: BlockReference?, accounts: StateOverrides? = nil, overrides: BlockOverrides? = nil
    ) -> Self {
        Self("eth_call", [call.json, block?.json] + Self.overrides(accounts, overrides)) { (result) throws(RPCError) in
            try result.bytes()
        }
    }
}

extension RPCQuery where Value == Gas {
    /// The node's gas estimate. An estimate tests the outer call only.
    public static func estimateGas(
        _ call: CallRequest, at block: BlockReference?, accounts: StateOverrides? = nil, overrides: BlockOverrides? = nil
    ) -> Self {
        Self("eth_estimateGas", [call.json, block?.json] + Self.overrides(accounts, overrides)) { (result) throws(RPCError) in
            try result.uint64()
        }
    }
}

extension RPCQuery where Value == CreatedAccessList {
    /// What a call touches.
    public static func createAccessList(_ call: CallRequest, at block: BlockReference?) -> Self {
        Self("eth_createAccessList", [call.json, block?.json]) { (result) throws(RPCError) in try CreatedAccessList(result) }
    }
}

extension RPCQuery where Value == [SimulatedBlock] {
    /// Blocks of calls on top of a block.
    public static func simulate(_ simulation: Simulation, on block: BlockReference?) -> Self {
        Self("eth_simulateV1", [simulation.json, block?.json]) { (result) throws(RPCError) in
            var blocks: [SimulatedBlock] = []
            for block in try result.elements() { blocks.append(try SimulatedBlock(block)) }
            return blocks
        }
    }
}
