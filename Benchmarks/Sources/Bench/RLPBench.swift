import CPeers
import EthCodec
import EthPrimitives

/// RLP of the 114 bytes that an EIP-1559 transaction signs, without its type byte.
enum RLPBench {
    static func rows() -> [Row] {
        let transaction = Samples.feeMarket
        var peer = peer_fee_market()
        peer.chain_id = transaction.chainID.rawValue
        peer.nonce = transaction.nonce
        peer.max_priority_fee = UInt64(transaction.maxPriorityFeePerGas.rawValue)
        peer.max_fee = UInt64(transaction.maxFeePerGas.rawValue)
        peer.gas_limit = transaction.gasLimit
        peer.value = UInt64(transaction.value.rawValue)
        withUnsafeMutableBytes(of: &peer.to) { $0.copyBytes(from: Samples.address(0x22).bytes) }
        // The memory stays until the process ends.
        let data = UnsafeMutablePointer<UInt8>.allocate(capacity: transaction.data.count)
        data.initialize(from: transaction.data, count: transaction.data.count)
        peer.data = UnsafePointer(data)
        peer.count = transaction.data.count
        let encoded = Array(transaction.signingPayload.dropFirst())
        var expected = [UInt8](repeating: 0, count: 256)
        let size = peer_rlp_encode(&peer, &expected)
        precondition(Array(expected.prefix(size)) == encoded && encoded.count == 114, "the encodings differ")
        return [encode(peer), decode(encoded), decodeTree(encoded)]
    }

    private static func encode(_ fields: peer_fee_market) -> Row {
        let transaction = Samples.feeMarket
        return Row(
            "rlp 1559 payload encode",
            [
                .ours { for _ in 0..<$0 { use(transaction.signingPayload) } },
                .peer("C by hand, one buffer") { iterations in
                    var fields = fields
                    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { out in
                        for _ in 0..<iterations {
                            _ = peer_rlp_encode(&fields, out.baseAddress)
                            peer_use(out.baseAddress)
                        }
                    }
                },
                .python("rusty-rlp", "rlp_encode_rusty", .times(3)),
                .python("pyrlp", "rlp_encode", .times(200)),
            ])
    }

    /// The fields as numbers, the data where it is.
    private struct Fields {
        var chainID, nonce, gasLimit: UInt64
        var maxPriorityFeePerGas, maxFeePerGas, value: UInt256
        var to: Address?
        var dataCount: Int
    }

    private static func fields(_ reader: inout RLPReader) throws(RLPError) -> Fields {
        var list = try reader.list()
        let chainID = try list.uint64()
        let nonce = try list.uint64()
        let tip = try list.uint256()
        let fee = try list.uint256()
        let gasLimit = try list.uint64()
        let to = try list.optionalAddress()
        let value = try list.uint256()
        let data = try list.string()
        let access = try list.list()
        try access.finish()
        try list.finish()
        return Fields(
            chainID: chainID, nonce: nonce, gasLimit: gasLimit, maxPriorityFeePerGas: tip, maxFeePerGas: fee, value: value,
            to: to,
            dataCount: data.count)
    }

    private static func decode(_ encoded: [UInt8]) -> Row {
        Row(
            "rlp 1559 payload decode in place",
            [
                .ours {
                    for _ in 0..<$0 {
                        use(try RLPReader.read(encoded) { (reader) throws(RLPError) -> Fields in try fields(&reader) })
                    }
                },
                .peer("C by hand") {
                    var fields = peer_fee_market()
                    for _ in 0..<$0 {
                        precondition(peer_rlp_decode(encoded, encoded.count, &fields) == 1, "the peer does not read it")
                        peer_use(&fields)
                    }
                },
                .python("rusty-rlp", "rlp_decode_rusty"),
                .python("pyrlp", "rlp_decode", .times(30)),
            ])
    }

    private static func decodeTree(_ encoded: [UInt8]) -> Row {
        Row(
            "rlp 1559 payload decode to a tree",
            [
                .ours { for _ in 0..<$0 { use(try RLPDecoder.decode(encoded)) } },
                .python("rusty-rlp", "rlp_decode_rusty"),
                .python("pyrlp", "rlp_decode"),
            ])
    }
}
