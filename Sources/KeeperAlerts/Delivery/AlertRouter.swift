public import KeeperCore

/// What every receiver is told and what waits for it: an outbox that is saved with the book and survives restarts.
///
/// A receiver gets an incident from its minimum severity on: an opening, rises, and the end exactly if it got the opening. A receiver
/// that is new, or whose minimum was lowered, is told of what is open. A failure loses nothing: a delivery is tried until it is taken.
public struct AlertRouter: Codable, Sendable, Hashable {
    /// A receiver's name and the least severity that it wants.
    public struct Route: Sendable, Hashable {
        public var name: String
        public var minimum: Alert.Severity

        public init(_ name: String, minimum: Alert.Severity) { (self.name, self.minimum) = (name, minimum) }
    }

    private(set) var lanes: [String: AlertLane] = [:]
    /// Deliveries that there were.
    private var issued: UInt64 = 0

    /// Milliseconds for which a receiver may fail before the others are told.
    public static let patience: UInt64 = 900_000

    public init() {}

    /// Takes up what the book said.
    /// - Parameters:
    ///   - open: all incidents that are open after the notices.
    ///   - boot: tells deliveries of this process from those of one before whose state was not saved.
    /// - Returns: deliveries that were dropped, by receiver, since too many wait.
    public mutating func take(
        _ notices: [AlertNotice], open: [AlertNotice], to routes: [Route], boot: String
    ) -> [String: Int] {
        var dropped: [String: Int] = [:]
        // A receiver that is configured no longer has nothing to wait for.
        lanes = lanes.filter { lane in routes.contains { $0.name == lane.key } }
        for route in routes {
            var lane = lanes[route.name] ?? AlertLane()
            for notice in notices + open where !(notice.kind == .sinkFails && notice.subject == route.name) {
                let lost = lane.take(notice, minimum: route.minimum) {
                    issued += 1
                    return "\(notice.incident).\(boot).\(issued)"
                }
                if lost > 0 { dropped[route.name, default: 0] += lost }
            }
            lanes[route.name] = lane
        }
        return dropped
    }

    /// Deliveries that wait, by receiver.
    public var waiting: [String: Int] { lanes.mapValues(\.waiting.count) }

    /// Receivers that take nothing for too long, as conditions for the book.
    /// - Parameter now: unix milliseconds.
    func failing(_ now: UInt64) -> [AlertCondition] {
        lanes.sorted { $0.key < $1.key }.compactMap { name, lane in
            guard let since = lane.stuck, now >= since + Self.patience else { return nil }
            let text = "the receiver \(name) has not taken an alert since \(UTC.instant(since / 1000)): \(lane.reason)"
            return AlertCondition(.sinkFails, subject: name, text)
        }
    }

    // MARK: - Delivering

    /// The next delivery to a receiver that may be tried, counted as tried.
    mutating func begin(_ name: String, _ now: UInt64) -> AlertDelivery? {
        lanes[name]?.clamp(now)
        guard let index = lanes[name]?.due(now) else { return nil }
        lanes[name]?.waiting[index].attempts += 1
        return lanes[name]?.waiting[index]
    }

    /// What became of it.
    mutating func finish(
        _ name: String, _ id: String, _ answer: AlertAnswer, _ now: UInt64, _ backoff: AlertBackoff, random: Double
    ) {
        lanes[name]?.finish(id, answer, now, backoff, random: random)
    }

    /// Open incidents that a receiver knows and that have to be told again, since it forgets them.
    /// - Parameter interval: milliseconds after which they have to be.
    mutating func refresh(_ name: String, _ now: UInt64, every interval: UInt64) -> [AlertNotice] {
        lanes[name]?.clamp(now)
        guard let lane = lanes[name], lane.notBefore <= now else { return [] }
        let known = lane.known
        guard known.values.contains(where: { $0 + interval <= now || $0 > now }) else { return [] }
        // All of them, so that their times stay together.
        for key in known.keys { lanes[name]?.told[key]?.delivered = now }
        return known.keys.sorted().compactMap { lane.told[$0]?.notice }
    }

    /// What became of telling again; nothing waits for it, as it comes again anyway.
    mutating func conclude(_ name: String, _ answer: AlertAnswer, _ now: UInt64, _ backoff: AlertBackoff, random: Double) {
        lanes[name]?.conclude(answer, now, backoff, random: random)
        guard answer != .delivered, let told = lanes[name]?.told else { return }
        // Told again as soon as the receiver may be asked.
        for (key, incident) in told where incident.delivered == now { lanes[name]?.told[key]?.delivered = 0 }
    }

    /// Unix milliseconds at which something is due for a receiver; `nil` while nothing is.
    /// - Parameter interval: after which open incidents are told again; `nil` where they are not.
    func next(_ name: String, _ now: UInt64, every interval: UInt64?) -> UInt64? {
        guard let lane = lanes[name] else { return nil }
        let refresh = interval.flatMap { interval in lane.known.values.min().map { $0 + interval } }
        let again = refresh.map { max(lane.soon($0, now), lane.soon(lane.notBefore, now)) }
        return [lane.next(now), again].compactMap { $0 }.min()
    }
}
