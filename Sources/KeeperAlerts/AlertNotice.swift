public import KeeperCore

/// What people are told: an incident began, matters more, or is over.
public struct AlertNotice: Codable, Sendable, Hashable {
    public enum Change: String, Codable, Sendable, Hashable, CaseIterable {
        case opened, escalated, resolved
        /// Over at once, since the block in which it was seen left the chain.
        case retracted

        public var isEnd: Bool { self == .resolved || self == .retracted }
    }

    /// A name and its value, of those that say what an incident is about.
    public struct Label: Codable, Sendable, Hashable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    public var change: Change
    /// By what receivers know the incident, and all keepers that share it: one that comes again has the same key.
    public var key: String
    /// Of this keeper's incidents only this one has it.
    public var incident: String
    /// Counts this keeper's notices from 1 on.
    public var sequence: UInt64
    public var kind: AlertKind
    public var subject: String
    /// On an end the highest that was told.
    public var severity: Alert.Severity
    /// One line for people.
    public var summary: String
    public var details: [String]
    /// A page: a URL, or a path below the project's documentation.
    public var runbook: String
    /// Unix seconds since when it was so.
    public var since: UInt64
    /// Unix seconds at which the keeper knew.
    public var at: UInt64
    /// Who tells it.
    public var keeper: String
    /// What it is about, the same from every keeper that shares the incident.
    public var labels: [Label]
}
