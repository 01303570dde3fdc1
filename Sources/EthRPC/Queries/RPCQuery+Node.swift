internal import EthCodec
public import EthPrimitives

extension RPCQuery where Value == ChainID {
    public static var chainID: Self {
        Self(.plain("eth_chainId"), scanning: { (result) throws(FieldFault) in ChainID(try result.uint64()) })
    }
}

extension RPCQuery where Value == UInt64 {
    /// The network's number, which nodes write in decimal digits, and some providers as a quantity.
    public static var networkID: Self {
        Self("net_version") { (result) throws(RPCError) in
            guard let text = result.json.string, let number = UInt64(text), String(number) == text else {
                return try result.uint64()
            }
            return number
        }
    }

    /// The height of the newest block that the node has.
    public static var blockNumber: Self {
        Self(.plain("eth_blockNumber"), scanning: { (result) throws(FieldFault) in try result.height() })
    }
}

extension RPCQuery where Value == String {
    /// Name and version of the client, in its own words.
    public static var clientVersion: Self { Self("web3_clientVersion") { (result) throws(RPCError) in try result.text() } }
}

extension RPCQuery where Value == SyncStatus {
    public static var syncStatus: Self { Self("eth_syncing") { (result) throws(RPCError) in try SyncStatus(result) } }
}

extension RPCQuery where Value == NodeConfiguration {
    /// The rules of the chain as the node has them (EIP-7910).
    public static var configuration: Self { Self("eth_config") { (result) throws(RPCError) in try NodeConfiguration(result) } }
}
