import EthPrimitives

/// What a recording happens to know of a block beyond the reads: used to verify, never required.
public struct BlockEvidence: Sendable {
    public var logs: [Log] = []
    public var receipts: [Receipt] = []

    public init() {}

    public var isEmpty: Bool { logs.isEmpty && receipts.isEmpty }

    /// Takes in a recorded exchange if it is a receipt or an answer about logs.
    mutating func add(_ exchange: CassetteLine.Exchange) throws(RPCError) {
        let reader = FieldReader(try RPCResponse(parsing: exchange.response).result(), path: "result")
        switch exchange.method {
        case "eth_getTransactionReceipt" where reader.json != .null: add(try Receipt(reader))
        case "eth_getBlockReceipts" where reader.json != .null:
            for element in try reader.elements() { add(try Receipt(element)) }
        case "eth_getLogs":
            for element in try reader.elements() {
                let log = try Log(element)
                if !logs.contains(where: { $0.logIndex == log.logIndex }) { logs.append(log) }
            }
        default: break
        }
    }

    private mutating func add(_ receipt: Receipt) {
        if !receipts.contains(where: { $0.transactionHash == receipt.transactionHash }) { receipts.append(receipt) }
    }
}
