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
}
