/// What a request costs at hosted providers, in compute units: what their rate limits count.
public enum RequestCost {
    /// Units of a method that the table does not name; the value that alloy takes for every request.
    public static let standard: UInt64 = 20

    /// Units by method, where they differ from the standard (a hosted provider's published price list; others differ little).
    private static let units: [String: UInt64] = [
        "eth_chainId": 0, "net_version": 0, "eth_syncing": 0, "net_listening": 0,
        "eth_blockNumber": 10, "eth_feeHistory": 10, "eth_maxPriorityFeePerGas": 10, "eth_createAccessList": 10,
        "eth_subscribe": 10, "eth_unsubscribe": 10,
        "eth_call": 26, "eth_sendRawTransaction": 40, "eth_simulateV1": 40, "eth_getLogs": 60,
        "debug_traceCall": 170, "debug_traceTransaction": 170, "debug_traceBlockByHash": 170, "debug_traceBlockByNumber": 170,
    ]

    public static func of(_ method: String) -> UInt64 { units[method] ?? standard }

    public static func of(_ batch: [RPCRequest]) -> UInt64 { batch.reduce(0) { $0 + of($1.method) } }
}
