/// What a parameter of a method means, as far as its canonical form depends on it.
enum ParameterKind {
    case plain, quantity, slotKey, slotKeys, block, call, blockOverrides, logFilter
    /// The hash of the block that is asked.
    case blockHash

    /// By method, in the order of the parameters; those that are not named are plain.
    static let byMethod: [String: [ParameterKind]] = [
        "eth_getStorageAt": [.plain, .slotKey, .block], "eth_getProof": [.plain, .slotKeys, .block],
        "eth_getBalance": [.plain, .block], "eth_getCode": [.plain, .block], "eth_getTransactionCount": [.plain, .block],
        "eth_call": [.call, .block, .plain, .blockOverrides], "eth_estimateGas": [.call, .block, .plain, .blockOverrides],
        "eth_createAccessList": [.call, .block], "eth_getBlockByNumber": [.block], "eth_getBlockReceipts": [.block],
        "eth_getBlockByHash": [.blockHash], "eth_getLogs": [.logFilter], "eth_feeHistory": [.quantity, .block],
    ]
}
