import EthCodec
import EthPrimitives
import EthRPC

/// The methods of a node, on a local chain.
struct LocalMethods {
    let core: ChainCore

    /// How a method is called.
    private struct Entry: Sendable {
        /// How many parameters there must be, and may be.
        let count: ClosedRange<Int>
        let run: @Sendable (LocalMethods) -> (Parameters) throws(RPCError) -> JSON

        init(_ count: ClosedRange<Int>, _ run: @escaping @Sendable (LocalMethods) -> (Parameters) throws(RPCError) -> JSON) {
            self.count = count
            self.run = run
        }

        /// A method without parameters.
        init(_ run: @escaping @Sendable (LocalMethods) -> JSON) {
            self.init(0...0) { methods in { (_) throws(RPCError) in run(methods) } }
        }
    }

    /// - Throws: the node's error.
    func result(of request: RPCRequest) throws(RPCError) -> JSON {
        guard let entry = Self.table[request.method] else {
            throw NodeAnswer.failure("the method \(request.method) does not exist/is not available", code: -32_601)
        }
        let values = request.params
        if values.count > entry.count.upperBound {
            throw NodeAnswer.failure("too many arguments, want at most \(entry.count.upperBound)", code: -32_602)
        }
        for index in 0..<entry.count.lowerBound where index >= values.count || values[index] == .null {
            throw NodeAnswer.failure("missing value for required argument \(index)", code: -32_602)
        }
        return try entry.run(self)(Parameters(values: values))
    }

    private static let table: [String: Entry] = [
        "web3_clientVersion": Entry { _ in "KeeperKitLocalChain" },
        "net_version": Entry { .string("\($0.core.rules.chainID)") },
        "eth_chainId": Entry { Quantity.encode($0.core.rules.chainID.rawValue) },
        "eth_syncing": Entry { _ in false },
        "eth_blockNumber": Entry { Quantity.encode($0.core.head.number) },
        "eth_config": Entry { $0.configuration },
        "eth_getBlockByNumber": Entry(2...2) { $0.blockByNumber },
        "eth_getBlockByHash": Entry(2...2) { $0.blockByHash },
        "eth_getBlockReceipts": Entry(1...1) { $0.blockReceipts },
        "eth_getTransactionByHash": Entry(1...1) { $0.transaction },
        "eth_getTransactionReceipt": Entry(1...1) { $0.receipt },
        "eth_getLogs": Entry(1...1) { $0.logs },
        "eth_getBalance": Entry(1...2) { $0.balance },
        "eth_getCode": Entry(1...2) { $0.code },
        "eth_getStorageAt": Entry(2...3) { $0.storage },
        "eth_getTransactionCount": Entry(1...2) { $0.transactionCount },
        "eth_getProof": Entry(2...3) { $0.proof },
        "eth_call": Entry(1...4) { $0.call },
        "eth_estimateGas": Entry(1...4) { $0.estimateGas },
        "eth_createAccessList": Entry(1...3) { $0.createAccessList },
        "eth_simulateV1": Entry(1...2) { $0.simulate },
        "eth_sendRawTransaction": Entry(1...1) { $0.sendRawTransaction },
        "txpool_status": Entry { $0.poolStatus },
        "eth_gasPrice": Entry { $0.gasPrice },
        "eth_maxPriorityFeePerGas": Entry { $0.suggestedTip },
        "eth_blobBaseFee": Entry { $0.blobBaseFee },
        "eth_feeHistory": Entry(2...3) { $0.feeHistory },
    ]
}
