import EthCodec
import EthPrimitives
import Testing

@testable import EthRPC

/// The methods that keepers use: a recorded request built anew from types, and its answer read into types and written again.
struct ReplayedMethod {
    let request: RPCRequest
    /// The result of an answer, read and written again.
    let rewritten: (RPCResponse) throws -> JSON

    private init<Value>(_ query: RPCQuery<Value>, _ json: @escaping (Value) -> JSON) {
        request = query.request()
        rewritten = { response in
            let value = try query.value(of: response)
            #expect(RawJSON.place(in: value) == nil, "\(query.method)")
            return json(value)
        }
    }

    /// The method with its recorded parameters; `nil` for methods that pass as bytes.
    init?(_ method: String, _ params: [JSON], writingPending: Bool = false) throws {
        func param(_ index: Int) -> JSON? { index < params.count ? params[index] : nil }
        func quantity(_ value: UInt64) -> JSON { Quantity.encode(value) }
        func wei(_ value: Wei) -> JSON { Quantity.encode(value.rawValue) }
        func bytes(_ value: [UInt8]) -> JSON { .string(Hex.encode(value)) }
        func word(_ value: B256) -> JSON { .string(value.description) }
        typealias P = ParsedParameters
        switch method {
        case "eth_chainId": self.init(RPCQuery<ChainID>.chainID) { quantity($0.rawValue) }
        case "net_version": self.init(RPCQuery.networkID) { .string("\($0)") }
        case "web3_clientVersion": self.init(RPCQuery.clientVersion) { .string($0) }
        case "eth_blockNumber": self.init(RPCQuery.blockNumber, quantity)
        case "eth_syncing": self.init(RPCQuery<SyncStatus>.syncStatus) { $0.json }
        case "eth_config": self.init(RPCQuery<NodeConfiguration>.configuration) { $0.json }
        case "eth_gasPrice": self.init(RPCQuery.gasPrice, wei)
        case "eth_maxPriorityFeePerGas": self.init(RPCQuery.maxPriorityFeePerGas, wei)
        case "eth_baseFee": self.init(RPCQuery.baseFee, wei)
        case "eth_blobBaseFee": self.init(RPCQuery.blobBaseFee, wei)
        case "eth_feeHistory":
            let percentiles = try (param(2)?.array ?? []).map { json in
                guard case .number(let digits) = json, let percentile = Double(digits) else {
                    throw P.Unsayable(description: "a percentile \(json)")
                }
                return percentile
            }
            self.init(
                RPCQuery<FeeHistoryReport>.feeHistoryReport(
                    count: try P.number(param(0)), newest: try P.requiredBlock(param(1)), percentiles: percentiles)
            ) { $0.json }
        case "eth_getBlockByNumber", "eth_getBlockByHash":
            guard let full = param(1)?.bool else { throw P.Unsayable(description: "no choice of whole transactions") }
            let block = try P.requiredBlock(param(0))
            if block == .pending {
                self.init(RPCQuery<PendingBlock>.pendingBlock(full: full)) { quantity($0.number) }
            } else {
                self.init(RPCQuery<Block?>.block(block, full: full)) { $0?.json ?? .null }
            }
        case "eth_getBlockTransactionCountByNumber", "eth_getBlockTransactionCountByHash":
            self.init(RPCQuery<UInt64?>.transactionCount(in: try P.requiredBlock(param(0)))) { $0.map(quantity) ?? .null }
        case "eth_getBlockReceipts":
            self.init(RPCQuery<[ExecutionReceipt]?>.executionReceipts(of: try P.requiredBlock(param(0)))) {
                $0.map { .array($0.map(\.json)) } ?? .null
            }
        case "eth_getTransactionReceipt":
            self.init(RPCQuery<ExecutionReceipt?>.executionReceipt(try P.word(param(0)))) { $0?.json ?? .null }
        case "eth_getTransactionByHash":
            self.init(RPCQuery<ReportedTransaction?>.transaction(try P.word(param(0)))) { $0?.json ?? .null }
        case "eth_getTransactionByBlockNumberAndIndex", "eth_getTransactionByBlockHashAndIndex":
            self.init(
                RPCQuery<ReportedTransaction?>.transaction(at: try P.number(param(1)), in: try P.requiredBlock(param(0)))
            ) { $0?.json ?? .null }
        case "eth_getLogs": self.init(RPCQuery<[Log]>.logs(try P.filter(param(0) ?? .null))) { .array($0.map(\.json)) }
        case "eth_getBalance": self.init(RPCQuery.balance(of: try P.address(param(0)), at: try P.block(param(1))), wei)
        case "eth_getCode": self.init(RPCQuery.code(of: try P.address(param(0)), at: try P.block(param(1))), bytes)
        case "eth_getTransactionCount":
            self.init(RPCQuery<Nonce>.nonce(of: try P.address(param(0)), at: try P.block(param(1))), quantity)
        case "eth_getStorageAt":
            self.init(
                RPCQuery<B256>.storage(of: try P.address(param(0)), try P.storageKey(param(1)), at: try P.block(param(2))), word)
        case "eth_getProof":
            self.init(
                RPCQuery<AccountProof>.proof(
                    of: try P.address(param(0)), try (param(1)?.array ?? []).map(P.storageKey), at: try P.block(param(2)))
            ) { $0.json }
        case "eth_call":
            self.init(
                RPCQuery<[UInt8]>.call(
                    try P.call(param(0) ?? .null), at: try P.block(param(1)), accounts: try P.accounts(param(2)),
                    overrides: try P.blockOverrides(param(3))), bytes)
        case "eth_estimateGas":
            self.init(
                RPCQuery<Gas>.estimateGas(
                    try P.call(param(0) ?? .null), at: try P.block(param(1)), accounts: try P.accounts(param(2)),
                    overrides: try P.blockOverrides(param(3))), quantity)
        case "eth_createAccessList":
            self.init(
                RPCQuery<CreatedAccessList>.createAccessList(try P.call(param(0) ?? .null), at: try P.block(param(1)))
            ) { $0.json }
        case "eth_simulateV1":
            self.init(
                RPCQuery<[SimulatedBlock]>.simulate(try P.simulation(param(0) ?? .null), on: try P.block(param(1)))
            ) { .array($0.map(\.json)) }
        case "eth_sendRawTransaction":
            self.init(RPCQuery<TransactionHash>.broadcast(try P.reader(param(0)).bytes()), word)
        case "debug_getRawHeader": self.init(RPCQuery.rawHeader(try P.requiredBlock(param(0))), bytes)
        case "debug_getRawBlock": self.init(RPCQuery.rawBlock(try P.requiredBlock(param(0))), bytes)
        case "debug_getRawTransaction": self.init(RPCQuery<[UInt8]>.rawTransaction(try P.word(param(0))), bytes)
        case "debug_getRawReceipts":
            self.init(RPCQuery<[[UInt8]]>.rawReceipts(of: try P.requiredBlock(param(0)))) { .array($0.map(bytes)) }
        default: return nil
        }
    }
}
