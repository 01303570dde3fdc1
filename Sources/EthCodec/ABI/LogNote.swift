public import EthPrimitives

/// The anonymous log of Maker's `LibNote` and ds-note, written by every "noted" function: its selector, the sender, two arguments.
///
/// Used by OSM, Median, OsmMom and the deployed Spotter, Jug and Vow; the Vat writes `VatLogNote` instead.
public struct LogNote: AnonymousContractEvent, Hashable {
    public static let signature = "LogNote(bytes4,address,bytes32,bytes32,bytes)"

    /// Selector of the function that was called.
    public let selector: Selector
    /// Who called it.
    public let sender: Address
    /// The call's first argument word, zero if there is none.
    public let argument1: B256
    /// The call's second argument word, zero if there is none.
    public let argument2: B256
    /// The log's data, undecoded: `LibNote` puts the first 224 bytes of the call data there, ds-note the ether sent and all of it.
    public let data: [UInt8]

    public init(topics: [B256], data: [UInt8]) throws(ABIError) {
        try Self.check(topics, count: 4)
        selector = try Selector(topic: topics[0])
        sender = try Address(topic: topics[1])
        argument1 = topics[2]
        argument2 = topics[3]
        self.data = data
    }
}

/// The Vat's variant of `LogNote`: three arguments and no sender.
public struct VatLogNote: AnonymousContractEvent, Hashable {
    public static let signature = "LogNote(bytes4,bytes32,bytes32,bytes32,bytes)"

    /// Selector of the function that was called.
    public let selector: Selector
    public let argument1: B256
    public let argument2: B256
    public let argument3: B256
    /// The log's data, undecoded: the first 224 bytes of the call data as `bytes`.
    public let data: [UInt8]

    public init(topics: [B256], data: [UInt8]) throws(ABIError) {
        try Self.check(topics, count: 4)
        selector = try Selector(topic: topics[0])
        argument1 = topics[1]
        argument2 = topics[2]
        argument3 = topics[3]
        self.data = data
    }
}
