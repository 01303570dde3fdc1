internal import EthCodec
public import EthPrimitives

extension RPCQuery {
    /// Parameters behind the block, as far as the last that is there: those before it may not be left out.
    fileprivate static func overrides(_ accounts: StateOverrides?, _ block: BlockOverrides?) -> [JSON?] {
        guard let block else { return [accounts?.json] }
        return [accounts?.json ?? .object([:]), block.json]
    }
}

extension RPCQuery {
    fileprivate static func request(
        _ method: String, _ call: CallRequest, _ block: BlockReference?, _ accounts: StateOverrides?, _ overrides: BlockOverrides?
    ) -> RPCRequest {
        if accounts == nil, overrides == nil, let to = call.to, let data = call.data, call.isPlain {
            return .call(method, from: call.from, to: to, data, block)
        }
        let params = [call.json, block?.json] + Self.overrides(accounts, overrides)
        return RPCRequest(method: method, params: params.compactMap { $0 })
    }
}

extension RPCQuery where Value == [UInt8] {
    /// What a call returns; a revert is the node's error.
    public static func call(
        _ call: CallRequest, at block: BlockReference?, accounts: StateOverrides? = nil, overrides: BlockOverrides? = nil
    ) -> Self {
        Self(
            Self.request("eth_call", call, block, accounts, overrides),
            scanning: { (result) throws(FieldFault) in
                try result.bytes()
            })
    }
}

extension RPCQuery where Value == Gas {
    /// The node's gas estimate. An estimate tests the outer call only.
    public static func estimateGas(
        _ call: CallRequest, at block: BlockReference?, accounts: StateOverrides? = nil, overrides: BlockOverrides? = nil
    ) -> Self {
        Self(
            Self.request("eth_estimateGas", call, block, accounts, overrides),
            scanning: { (result) throws(FieldFault) in
                try result.uint64()
            })
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
