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

    public init(_ reader: FieldReader) throws(RPCError) {
        number = try reader.member("number").height()
        hash = try reader.member("hash").b256()
        parentHash = try reader.member("parentHash").b256()
        timestamp = try reader.member("timestamp").seconds()
        gasLimit = try reader.member("gasLimit").uint64()
        gasUsed = try reader.member("gasUsed").uint64()
        baseFeePerGas = try reader.optional("baseFeePerGas")?.wei()
    }
}
