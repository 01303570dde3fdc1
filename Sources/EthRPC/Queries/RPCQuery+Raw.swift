internal import EthCodec
public import EthPrimitives

/// Consensus encodings, from which hashes and roots are computed anew: for those who verify. Hosted nodes seldom offer them.
extension RPCQuery where Value == [UInt8] {
    /// The RLP of a block's header.
    public static func rawHeader(_ block: BlockReference) -> Self { raw("debug_getRawHeader", block.plain) }

    /// The RLP of a block.
    public static func rawBlock(_ block: BlockReference) -> Self { raw("debug_getRawBlock", block.plain) }

    /// A transaction's bytes as its hash covers them (EIP-2718); empty where geth does not know it.
    public static func rawTransaction(_ hash: TransactionHash) -> Self {
        raw("debug_getRawTransaction", .string(hash.description))
    }

    private static func raw(_ method: String, _ param: JSON) -> Self {
        Self(method, [param], scanning: { (result) throws(FieldFault) in try result.bytes() })
    }
}

extension RPCQuery where Value == [[UInt8]] {
    /// A block's receipts as the receipts' root covers them (EIP-2718).
    public static func rawReceipts(of block: BlockReference) -> Self {
        Self("debug_getRawReceipts", [block.plain]) { (result) throws(RPCError) in
            var receipts: [[UInt8]] = []
            for receipt in try result.elements() { receipts.append(try receipt.bytes()) }
            return receipts
        }
    }
}
