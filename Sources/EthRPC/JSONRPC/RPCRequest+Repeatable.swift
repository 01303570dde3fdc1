extension RPCRequest {
    /// Whether asking twice is the same as asking once: reads that change nothing at the node. Methods that are not known here are
    /// not repeatable.
    public var isRepeatable: Bool {
        Self.repeatableMethods.contains(method) || Self.repeatableFamilies.contains { method.hasPrefix($0) }
    }

    private static let repeatableMethods: Set = [
        "eth_accounts", "eth_baseFee", "eth_blobBaseFee", "eth_blockNumber", "eth_call", "eth_callMany", "eth_chainId",
        "eth_config", "eth_createAccessList", "eth_estimateGas", "eth_feeHistory", "eth_gasPrice", "eth_maxPriorityFeePerGas",
        "eth_protocolVersion", "eth_simulateV1", "eth_syncing", "rpc_modules",
    ]

    /// `eth_getFilterChanges` and its kind are reads that forget what they told.
    private static let repeatableFamilies = [
        "eth_getAccount", "eth_getBalance", "eth_getBlock", "eth_getCode", "eth_getLogs", "eth_getProof", "eth_getRaw",
        "eth_getStorage", "eth_getTransaction", "eth_getUncle", "debug_get", "debug_trace", "net_", "trace_", "txpool_", "web3_",
    ]
}
