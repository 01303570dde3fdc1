public import EthCodec
public import EthPrimitives

extension ExecutionHeader {
    /// The list of the fields, those of later forks as far as they are there.
    public var encoded: [UInt8] {
        RLPEncoder.encodeList { list in
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
    }

    /// The Keccak-256 hash of `encoded`: the block's hash.
    public var hash: BlockHash { Keccak256.hash(encoded) }

    /// Decodes the list strictly: `encoded` of the result is the input again.
    /// - Throws: `RLPError`.
    public init(decoding bytes: [UInt8]) throws(RLPError) {
        self = try RLPReader.read(bytes) { reader throws(RLPError) in try ExecutionHeader(&reader) }
    }

    /// Reads the list that a block begins with.
    /// - Throws: `RLPError`; `.wrongCount` for fewer than 15 fields or more than 21.
    public init(_ reader: inout RLPReader) throws(RLPError) {
        var list = try reader.list()
        let count = try list.count()
        guard count >= 15 else { throw .wrongCount(expected: 15, actual: count) }
        guard count <= 21 else { throw .wrongCount(expected: 21, actual: count) }
        self.init(
            parentHash: try list.fixedBytes(), sha3Uncles: try list.fixedBytes(), miner: try list.address(),
            stateRoot: try list.fixedBytes(), transactionsRoot: try list.fixedBytes(), receiptsRoot: try list.fixedBytes(),
            logsBloom: try list.fixedBytes(), difficulty: try list.uint256(), number: try list.uint64(),
            gasLimit: try list.uint64(), gasUsed: try list.uint64(), timestamp: try list.uint64(), extraData: try list.bytes(),
            mixHash: try list.fixedBytes(), nonce: try list.fixedBytes(),
            extensions: HeaderExtensions(
                inOrder: count > 15 ? try list.wei() : nil, count > 16 ? try list.fixedBytes() : nil,
                count > 17 ? try list.uint64() : nil, count > 18 ? try list.uint64() : nil,
                count > 19 ? try list.fixedBytes() : nil, count > 20 ? try list.fixedBytes() : nil))
    }
}
