internal import EthCodec
public import EthPrimitives

/// What blocks keep of an event, whichever type holds it.
public protocol LogFields {
    /// The contract that emitted it.
    var address: Address { get }
    var topics: [B256] { get }
    var data: [UInt8] { get }
}

extension Sequence where Element: LogFields {
    /// The filter over addresses and topics that receipts and headers hold (Yellow Paper, section 4.3.1).
    public var bloom: FixedBytes<256> {
        var bloom = FixedBytes<256>()
        for log in self {
            bloom.add(bloomed: log.address.word)
            for topic in log.topics { bloom.add(bloomed: topic) }
        }
        return bloom
    }

    /// Keccak-256 of the RLP encoding of the list of logs: how state tests state them.
    public var hash: B256 {
        var encoder = RLPEncoder()
        encoder.append(logs: self)
        return Keccak256.hash(encoder.bytes)
    }
}

extension FixedBytes where count == 256 {
    /// Sets the three bits that the hash of an address or a topic names.
    fileprivate mutating func add<let length: Int>(bloomed value: FixedBytes<length>) {
        let hash = value.withUnsafeBytes { Keccak256.hash($0) }
        for index in stride(from: 0, to: 6, by: 2) {
            let bit = (Int(hash[index]) << 8 | Int(hash[index + 1])) & 2047
            self[255 - bit / 8] |= 1 << UInt8(bit % 8)
        }
    }

    /// Takes the bits of another filter in.
    public mutating func formUnion(_ other: Self) { for index in 0..<256 { self[index] |= other[index] } }
}

extension RLPEncoder {
    /// Appends the list of logs, each a list of address, topics and data.
    mutating func append(logs: some Sequence<some LogFields>) {
        appendList { list in
            for log in logs {
                list.appendList { fields in
                    fields.append(log.address)
                    fields.appendList { topics in for topic in log.topics { topics.append(topic) } }
                    fields.append(log.data)
                }
            }
        }
    }
}
