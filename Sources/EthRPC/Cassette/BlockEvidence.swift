internal import EthCodec
import EthPrimitives

/// What a recording happens to know of a block beyond the reads: used to verify, never required.
public struct BlockEvidence: Sendable {
    public var logs: [Log] = []
    public var receipts: [Receipt] = []

    public init() {}

    public var isEmpty: Bool { logs.isEmpty && receipts.isEmpty }

    /// The receipts or logs of a recorded exchange, of whatever blocks. A node's error is an answer without any.
    init(_ exchange: CassetteLine.Exchange) throws(RPCError) {
        let response = try RPCResponse(parsing: exchange.response)
        guard case .success = response.outcome else { return }
        let reader = FieldReader(try response.result(), path: "result")
        guard reader.json != .null else { return }
        switch exchange.method {
        case "eth_getTransactionReceipt": receipts = [try Receipt(reader)]
        case "eth_getBlockReceipts": for element in try reader.elements() { receipts.append(try Receipt(element)) }
        case "eth_getLogs": for element in try reader.elements() { logs.append(try Log(element)) }
        default: break
        }
    }

    /// Adds a receipt of this block, once.
    mutating func add(_ receipt: Receipt) {
        if !receipts.contains(where: { $0.transactionHash == receipt.transactionHash }) { receipts.append(receipt) }
    }

    /// Adds a log of this block, once.
    mutating func add(_ log: Log) {
        if !logs.contains(where: { $0.logIndex == log.logIndex }) { logs.append(log) }
    }
}
