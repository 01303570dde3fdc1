public import EthPrimitives

/// A decoded log entry; bindings are generated from `abi/*.json`.
public protocol ContractLog: Sendable {
    /// The canonical signature, such as `Poke(bytes32,bytes32,uint256)`.
    static var signature: String { get }
    /// Decodes a log entry strictly.
    ///
    /// Throws `ABIError.wrongTopicCount` or `.wrongTopic` if the entry is another event, other cases if the data does not fit.
    init(topics: [B256], data: [UInt8]) throws(ABIError)
}

/// An event that is told by its first topic.
public protocol ContractEvent: ContractLog {
    /// The Keccak-256 hash of the signature.
    static var topic0: B256 { get }
}

/// An event declared `anonymous`: all its topics are values, so only its shape tells it from others.
public protocol AnonymousContractEvent: ContractLog {}

extension ContractEvent {
    /// Checks that there are `count` topics and that the first one is this event's.
    public static func check(_ topics: [B256], count: Int) throws(ABIError) {
        guard topics.first == topic0 || topics.isEmpty else { throw .wrongTopic(expected: topic0, actual: topics[0]) }
        guard topics.count == count else { throw .wrongTopicCount(expected: count, actual: topics.count) }
    }
}

extension AnonymousContractEvent {
    /// Checks that there are `count` topics.
    public static func check(_ topics: [B256], count: Int) throws(ABIError) {
        guard topics.count == count else { throw .wrongTopicCount(expected: count, actual: topics.count) }
    }
}

extension ABICodable {
    /// Decodes an indexed value of a static type from its topic.
    public init(topic: B256) throws(ABIError) {
        var decoder = ABIDecoder(topic.bytes)
        try self.init(abi: &decoder)
    }
}
