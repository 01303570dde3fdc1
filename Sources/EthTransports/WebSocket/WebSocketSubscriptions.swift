import EthRPC

/// Who wants to be told what on a WebSocket, and under which names the node tells it.
struct WebSocketSubscriptions: Sendable {
    private enum Phase { case fresh, live(id: String), interrupted }

    private struct Subscriber {
        var topic: SubscriptionTopic
        var phase = Phase.fresh
    }

    private var subscribers: [UInt64: Subscriber] = [:]
    private var subscriberOf: [String: UInt64] = [:]
    /// Subscriptions that were given up; their last news may be under way.
    private var retired: Set<String> = []
    /// News that overtook the confirmation of its subscription.
    private var early: [(id: String, result: ArraySlice<UInt8>)] = []
    /// Confirmations under way.
    private var awaited = 0

    /// More early news than this is no overtaking.
    private static let mostEarly = 256

    var isEmpty: Bool { subscribers.isEmpty }
    /// All subscribers, oldest first.
    var numbers: [UInt64] { subscribers.keys.sorted() }

    func contains(_ number: UInt64) -> Bool { subscribers[number] != nil }

    mutating func add(_ number: UInt64, _ topic: SubscriptionTopic) { subscribers[number] = Subscriber(topic: topic) }

    /// The request that subscribes.
    mutating func request(for number: UInt64) -> RPCRequest? {
        guard let subscriber = subscribers[number] else { return nil }
        awaited += 1
        return RPCRequest(method: "eth_subscribe", params: subscriber.topic.params)
    }

    /// Takes a subscriber away.
    /// - Returns: the subscription to end at the node, where there is one.
    mutating func remove(_ number: UInt64) -> String? {
        guard case .live(let id)? = subscribers.removeValue(forKey: number)?.phase else { return nil }
        subscriberOf[id] = nil
        retired.insert(id)
        return id
    }

    /// Takes note that an awaited confirmation is not one.
    mutating func refused() { awaited -= 1 }

    /// Takes the confirmation of a subscription.
    /// - Returns: the news that came before it; `nil` if nobody wants any: then the subscription is to be ended.
    /// - Throws: `protocolViolation` if the subscription has another subscriber already.
    mutating func confirm(_ number: UInt64, id: String) throws(RPCError) -> [ArraySlice<UInt8>]? {
        awaited -= 1
        guard subscriberOf[id] == nil else {
            throw RPCError(.protocolViolation, "the node gave one subscription id to two subscriptions")
        }
        let news = early.filter { $0.id == id }.map(\.result)
        early.removeAll { $0.id == id }
        guard subscribers[number] != nil else {
            retired.insert(id)
            return nil
        }
        subscribers[number]?.phase = .live(id: id)
        subscriberOf[id] = number
        retired.remove(id)
        return news
    }

    /// The subscriber that news is for; `nil` if it is for nobody, or has to wait for its confirmation.
    /// - Throws: `protocolViolation` for news of a subscription that nobody made.
    mutating func news(_ id: String, _ result: ArraySlice<UInt8>) throws(RPCError) -> UInt64? {
        if let number = subscriberOf[id] { return number }
        if retired.contains(id) { return nil }
        guard awaited > 0, early.count < Self.mostEarly else {
            throw RPCError(.protocolViolation, "news of a subscription that nobody made")
        }
        early.append((id, result))
        return nil
    }

    /// The connection is gone.
    /// - Returns: the subscribers that do not know it yet.
    mutating func interrupt() -> [UInt64] {
        subscriberOf = [:]
        retired = []
        early = []
        awaited = 0
        var untold: [UInt64] = []
        for number in numbers {
            if case .interrupted? = subscribers[number]?.phase { continue }
            subscribers[number]?.phase = .interrupted
            untold.append(number)
        }
        return untold
    }

    /// Nobody is subscribed any more.
    mutating func removeAll() { self = Self() }
}
