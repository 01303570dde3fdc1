public import KeeperCore

/// Something that is so at a moment and that people may have to know; whether they are told, and how loudly, is the policy's business.
public struct AlertCondition: Sendable, Hashable {
    public var kind: AlertKind
    /// Which of several of its kind, such as an oracle's or a node's name; empty where there is one.
    public var subject: String
    /// One line for people.
    public var text: String
    /// More lines, the most telling first.
    public var details: [String]
    /// Unix seconds; `nil` where it counts from when it is first seen.
    public var since: UInt64?
    /// At least that, whatever the ladder says of its age.
    public var floor: Alert.Severity?
    /// No work is done while it lasts, though its kind need not mean that.
    public var stopsWork = false
    /// In which block it was seen; `nil` for what no reorganisation undoes.
    public var evidence: AlertEvidence?

    public init(
        _ kind: AlertKind, subject: String = "", _ text: String, details: [String] = [], since: UInt64? = nil,
        floor: Alert.Severity? = nil, stopsWork: Bool = false, evidence: AlertEvidence? = nil
    ) {
        (self.kind, self.subject, self.text, self.details) = (kind, subject, text, details)
        (self.since, self.floor, self.stopsWork, self.evidence) = (since, floor, stopsWork, evidence)
    }

    /// Two reasons for the same: the older, the louder, both texts.
    mutating func merge(_ other: Self) {
        since = if let since, let theirs = other.since { min(since, theirs) } else { since ?? other.since }
        floor = if let floor, let theirs = other.floor { max(floor, theirs) } else { floor ?? other.floor }
        stopsWork = stopsWork || other.stopsWork
        evidence = evidence ?? other.evidence
        if other.text != text, !details.contains(other.text) { details.append(other.text) }
        details += other.details.filter { !details.contains($0) }
    }
}
