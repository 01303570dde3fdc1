public import EthCodec
public import EthPrimitives

/// What a node can be asked to tell as it happens (`eth_subscribe`).
public struct SubscriptionTopic: Sendable, Hashable {
    /// The parameters of `eth_subscribe`.
    public var params: [JSON]

    /// A topic by its parameters.
    public init(params: [JSON]) { self.params = params }

    /// Every new head of the chain; after a reorg the new branch's heads.
    public static let newHeads = Self(params: ["newHeads"])

    /// Logs of some contracts as they are mined; logs that a reorg removes come again with `removed` true.
    /// - Parameters:
    ///   - addresses: the contracts; empty for all.
    ///   - topics: what the first topic, which names the event, may be; empty for anything.
    public static func logs(of addresses: [Address], topics: [B256] = []) -> Self {
        let filter = JSON.object([
            "address": addresses.isEmpty ? nil : .array(addresses.map { .string($0.hex) }),
            "topics": topics.isEmpty ? nil : .array([.array(topics.map { .string($0.description) })]),
        ])
        return Self(params: ["logs", filter])
    }
}

/// What a subscription tells.
public enum SubscriptionEvent: Sendable {
    /// The node has confirmed: what happens from now on is told. It comes once more after each interruption, and what happened
    /// before it must be read from the node.
    case live
    /// The JSON of one notification's result, such as a block header.
    case notification(ArraySlice<UInt8>)
    /// The connection was lost, for this reason: until the next `live` nothing is told.
    case interrupted(RPCError)
}

/// A node that tells what happens.
public protocol Subscribing: Sendable {
    /// Subscribes for as long as somebody reads the stream. Lost connections are made anew and the topic subscribed again; nothing is
    /// left out without an `interrupted` and a `live` in its place.
    ///
    /// The stream throws `RPCError`: the node's error if it refuses the subscription, `tooLarge` if the reader falls too far behind.
    func subscribe(to topic: SubscriptionTopic) -> AsyncThrowingStream<SubscriptionEvent, any Error>
}
