public import EthCodec
public import EthPrimitives

extension ExecutionHeader {
    /// The list of the fields, those of later forks as far as they are there.
    public var encoded: [UInt8] {
        var encoder = RLPEncoder(reservingCapacity: 640 + extraData.count)
        encoder.appendList { list in
            list.append(parentHash)
            list.append(sha3Uncles)
            list.append(miner)
            list.append(stateRoot)
            list.append(transactionsRoot)
            list.append(receiptsRoot)
            list.append(logsBloom)
            list.append(difficulty)
            list.append(number)
            list.append(gasLimit)
            list.append(gasUsed)
            list.append(timestamp)
            list.append(extraData)
            list.append(mixHash)
            list.append(nonce)
            if let baseFeePerGas = extensions.baseFeePerGas { list.append(baseFeePerGas) }
            if let withdrawalsRoot = extensions.withdrawalsRoot { list.append(withdrawalsRoot) }
            if let blobGasUsed = extensions.blobGasUsed { list.append(blobGasUsed) }
            if let excessBlobGas = extensions.excessBlobGas { list.append(excessBlobGas) }
            if let parentBeaconBlockRoot = extensions.parentBeaconBlockRoot { list.append(parentBeaconBlockRoot) }
            if let requestsHash = extensions.requestsHash { list.append(requestsHash) }
        }
        return encoder.bytes
    }

    /// The Keccak-256 hash of `encoded`: the block's hash.
    public var hash: BlockHash { Keccak256.hash(encoded) }

    /// Decodes the list strictly: `encoded` of the result is the input again.
    /// - Throws: `RLPError`.
    public init(decoding bytes: [UInt8]) throws(RLPError) { try self.init(RLPDecoder.decode(bytes)) }

    /// Reads the list that a block begins with.
    /// - Throws: `RLPError`; `.wrongCount` for fewer than 15 fields or more than 21.
    public init(_ item: RLPItem) throws(RLPError) {
        let fields = try item.asList()
        guard fields.count >= 15 else { throw .wrongCount(expected: 15, actual: fields.count) }
        guard fields.count <= 21 else { throw .wrongCount(expected: 21, actual: fields.count) }
        func later<T>(_ index: Int, _ read: (RLPItem) throws(RLPError) -> T) throws(RLPError) -> T? {
            index < fields.count ? try read(fields[index]) : nil
        }
        self.init(
            parentHash: try fields[0].asFixedBytes(), sha3Uncles: try fields[1].asFixedBytes(), miner: try fields[2].asAddress(),
            stateRoot: try fields[3].asFixedBytes(), transactionsRoot: try fields[4].asFixedBytes(),
            receiptsRoot: try fields[5].asFixedBytes(), logsBloom: try fields[6].asFixedBytes(),
            difficulty: try fields[7].asUInt256(), number: try fields[8].asUInt64(), gasLimit: try fields[9].asUInt64(),
            gasUsed: try fields[10].asUInt64(), timestamp: try fields[11].asUInt64(), extraData: try fields[12].asBytes(),
            mixHash: try fields[13].asFixedBytes(), nonce: try fields[14].asFixedBytes(),
            extensions: HeaderExtensions(
                inOrder: try later(15) { (field) throws(RLPError) in Wei(try field.asUInt256()) },
                try later(16) { (field) throws(RLPError) in try field.asFixedBytes() },
                try later(17) { (field) throws(RLPError) in try field.asUInt64() },
                try later(18) { (field) throws(RLPError) in try field.asUInt64() },
                try later(19) { (field) throws(RLPError) in try field.asFixedBytes() },
                try later(20) { (field) throws(RLPError) in try field.asFixedBytes() }))
    }
}
