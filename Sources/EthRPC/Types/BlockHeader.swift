public import EthPrimitives

/// The facts of a block header that keepers use.
public struct BlockHeader: Sendable, Hashable, Codable {
    public var number: UInt64
    public var hash: BlockHash
    public var parentHash: BlockHash
    /// Unix seconds.
    public var timestamp: UInt64
    public var gasLimit: Gas
    public var gasUsed: Gas
    /// `nil` before London.
    public var baseFeePerGas: Wei?

    public init(
        number: UInt64, hash: BlockHash, parentHash: BlockHash, timestamp: UInt64, gasLimit: Gas, gasUsed: Gas,
        baseFeePerGas: Wei?
    ) {
        self.number = number
        self.hash = hash
        self.parentHash = parentHash
        self.timestamp = timestamp
        self.gasLimit = gasLimit
        self.gasUsed = gasUsed
        self.baseFeePerGas = baseFeePerGas
    }
}

extension BlockHeader {
    private enum CodingKeys: String, CodingKey {
        case number, hash, parentHash, timestamp, gasLimit, gasUsed, baseFeePerGas
    }

    /// Within the bounds that a node's header has: arithmetic on heights and times is safe below them, also of a header that a file claims.
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func below(_ bound: UInt64, _ key: CodingKeys, _ expected: String) throws -> UInt64 {
            let value = try values.decode(UInt64.self, forKey: key)
            guard value < bound else {
                throw DecodingError.dataCorruptedError(forKey: key, in: values, debugDescription: "expected \(expected)")
            }
            return value
        }
        self.init(
            number: try below(1 << 53, .number, "a block number below 2^53"),
            hash: try values.decode(BlockHash.self, forKey: .hash),
            parentHash: try values.decode(BlockHash.self, forKey: .parentHash),
            timestamp: try below(1 << 40, .timestamp, "unix seconds below 2^40"),
            gasLimit: try values.decode(Gas.self, forKey: .gasLimit), gasUsed: try values.decode(Gas.self, forKey: .gasUsed),
            baseFeePerGas: try values.decodeIfPresent(Wei.self, forKey: .baseFeePerGas))
    }
}

extension BlockHeader: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.object()
        var (number, timestamp, gasLimit, gasUsed): (UInt64?, UInt64?, UInt64?, UInt64?) = (nil, nil, nil, nil)
        var (hash, parentHash, baseFeePerGas): (B256?, B256?, Wei?) = (nil, nil, nil)
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 4 where name("hash"): try scanner.read(&hash)
            case 6 where name("number"): try scanner.readHeight(&number)
            case 7 where name("gasUsed"): try scanner.read(&gasUsed)
            case 8 where name("gasLimit"): try scanner.read(&gasLimit)
            case 9 where name("timestamp"): try scanner.readSeconds(&timestamp)
            case 10 where name("parentHash"): try scanner.read(&parentHash)
            case 13 where name("baseFeePerGas"): try scanner.readUnlessNull(&baseFeePerGas)
            default: try scanner.skip()
            }
        }
        self.number = try members.require(number, "number")
        self.hash = try members.require(hash, "hash")
        self.parentHash = try members.require(parentHash, "parentHash")
        self.timestamp = try members.require(timestamp, "timestamp")
        self.gasLimit = try members.require(gasLimit, "gasLimit")
        self.gasUsed = try members.require(gasUsed, "gasUsed")
        self.baseFeePerGas = baseFeePerGas
    }
}
