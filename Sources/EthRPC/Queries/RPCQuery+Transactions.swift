internal import EthCodec
public import EthPrimitives

extension RPCQuery where Value == ReportedTransaction? {
    /// A transaction, mined or pending; `nil` where the node does not know it.
    public static func transaction(_ hash: TransactionHash) -> Self {
        Self(.ofHash("eth_getTransactionByHash", hash, pins: false))
    }

    /// The transaction at a place in a block; `nil` where the node does not know it.
    public static func transaction(at index: UInt64, in block: BlockReference) -> Self {
        let method = block.isHash ? "eth_getTransactionByBlockHashAndIndex" : "eth_getTransactionByBlockNumberAndIndex"
        return Self(method, [block.plain, Quantity.encode(index)])
    }
}

extension RPCQuery where Value == Receipt? {
    /// The receipt of a mined transaction; `nil` while it is not mined, or again after a reorganisation.
    public static func receipt(_ hash: TransactionHash) -> Self { Self(.ofHash("eth_getTransactionReceipt", hash, pins: false)) }
}

extension RPCQuery where Value == ExecutionReceipt? {
    /// The receipt with all its fields.
    public static func executionReceipt(_ hash: TransactionHash) -> Self {
        Self(.ofHash("eth_getTransactionReceipt", hash, pins: false))
    }
}

extension RPCQuery where Value == TransactionHash {
    /// Hands signed bytes to the node. Never repeated blindly: the caller watches the hash, which it knows beforehand.
    public static func broadcast(_ signed: [UInt8]) -> Self {
        Self(
            "eth_sendRawTransaction", [.string(Hex.encode(signed))],
            scanning: { (result) throws(FieldFault) in try result.b256() })
    }
}
