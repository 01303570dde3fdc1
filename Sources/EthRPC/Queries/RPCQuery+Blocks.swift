internal import EthCodec
internal import EthPrimitives

extension RPCQuery where Value == BlockHeader? {
    /// The facts of a block's header; `nil` where the node knows no such block.
    public static func header(_ block: BlockReference) -> Self {
        switch block {
        case .hash(let hash), .canonicalHash(let hash), .bareHash(let hash):
            Self(.ofHash("eth_getBlockByHash", hash, pins: true, ",false]"))
        default: Self(block.method, [block.plain, false])
        }
    }
}

extension RPCQuery where Value == BlockHeader {
    /// The header of a block that the node must know.
    static func knownHeader(_ hash: BlockHash) -> Self {
        let query = RPCQuery<BlockHeader?>.header(.hash(hash))
        return Self(query.template) { (bytes) throws(RPCError) in
            guard let header = try query.decode(bytes) else {
                throw RPCError(.malformedResult, "the node does not know block \(hash)")
            }
            // The scanner has read it: it is JSON.
            if let block = try? JSONScanner.parse(bytes) { try HeaderCheck.verify(FieldReader(block, path: "result"), header) }
            return header
        }
    }
}

extension RPCQuery where Value == Block? {
    /// A whole block; `nil` where the node knows no such block.
    /// - Parameter full: whether it comes with whole transactions instead of their hashes.
    public static func block(_ block: BlockReference, full: Bool) -> Self { Self(block.method, [block.plain, .bool(full)]) }
}

extension RPCQuery where Value == PendingBlock {
    /// The block that the node would build next.
    public static func pendingBlock(full: Bool) -> Self { Self("eth_getBlockByNumber", ["pending", .bool(full)]) }
}

extension RPCQuery where Value == UInt64? {
    /// The number of a block's transactions; `nil` where the node knows no such block.
    public static func transactionCount(in block: BlockReference) -> Self {
        let method = block.isHash ? "eth_getBlockTransactionCountByHash" : "eth_getBlockTransactionCountByNumber"
        return Self(
            method, [block.plain], scanning: { (result) throws(FieldFault) in try result.null() ? nil : try result.uint64() })
    }
}

extension RPCQuery where Value == [Receipt]? {
    /// The receipts of a block; `nil` where the node knows no such block.
    public static func receipts(of block: BlockReference) -> Self { Self("eth_getBlockReceipts", [block.plain]) }
}

extension RPCQuery where Value == [ExecutionReceipt]? {
    /// The receipts of a block with all their fields; `nil` where the node knows no such block.
    public static func executionReceipts(of block: BlockReference) -> Self { Self("eth_getBlockReceipts", [block.plain]) }
}

extension BlockReference {
    /// Whether it is a hash, for methods that come twice.
    var isHash: Bool {
        switch self {
        case .hash, .canonicalHash, .bareHash: true
        default: false
        }
    }

    fileprivate var method: String { isHash ? "eth_getBlockByHash" : "eth_getBlockByNumber" }
}
