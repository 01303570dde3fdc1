internal import EthCodec
internal import EthPrimitives

extension AccessList {
    /// Appends the list of pairs (address, list of slots) of EIP-2930.
    func encode(into encoder: inout RLPEncoder) {
        encoder.appendList { list in
            for entry in entries {
                list.appendList { pair in
                    pair.append(entry.address)
                    pair.appendList { keys in for key in entry.storageKeys { keys.append(key) } }
                }
            }
        }
    }

    init(_ item: RLPItem) throws(RLPError) {
        entries = []
        for pair in try item.asList() {
            let fields = try pair.asList(count: 2)
            var keys: [B256] = []
            for key in try fields[1].asList() { keys.append(try key.asFixedBytes()) }
            entries.append(Entry(address: try fields[0].asAddress(), storageKeys: keys))
        }
    }
}
