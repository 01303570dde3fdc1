import EthPrimitives

/// What an incident is about, and so who shares it: the beginning of its key, by which receivers know it again.
public enum AlertScope: String, Codable, Sendable, Hashable {
    /// One keeper's process.
    case keeper
    /// What is worked on, whoever does it: a primary keeper and its backup share the incident.
    case task
    /// The nodes that are asked: twelve keepers with the same nodes share the incident.
    case nodes
    /// An account on a chain.
    case account

    /// Names and values that say what an incident is about, in order.
    /// - Parameter subject: which of several of its kind; empty where there is one.
    func identity(_ subject: String, _ settings: AlertSettings) -> [(name: String, value: String)] {
        let chain = ("chain", settings.chain.description)
        var parts: [(name: String, value: String)]
        switch self {
        case .keeper: parts = [("keeper", settings.keeper)]
        case .task: return [chain, ("task", subject)]
        case .nodes: parts = [chain, ("nodes", Set(settings.nodes).sorted().joined(separator: "+"))]
        case .account:
            guard let account = settings.account else { return Self.keeper.identity(subject, settings) }
            parts = [chain, ("account", account.description)]
        }
        if !subject.isEmpty { parts.append(("subject", subject)) }
        return parts
    }

    /// Longest key that every receiver takes, bytes: PagerDuty's `dedup_key` has room for 255.
    static let longestKey = 200

    /// By what receivers know an incident: the same from every keeper that shares it, before and after a restart.
    func key(_ kind: AlertKind, _ subject: String, _ settings: AlertSettings) -> String {
        let parts = identity(subject, settings).map { $0.value.replacing("/", with: "_") }
        let key = ([rawValue] + parts + [kind.rawValue]).joined(separator: "/")
        guard key.utf8.count > Self.longestKey else { return key }
        return "\(rawValue)/\(Keccak256.hash(key))/\(kind.rawValue)"
    }
}
