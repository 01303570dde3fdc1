import KeeperCore

/// Something that the book watches: an incident once it was told.
struct AlertEntry: Codable, Sendable, Hashable {
    var kind: AlertKind
    var subject: String
    var text: String
    var details: [String]
    /// Unix seconds since when it is so.
    var since: UInt64
    /// Unix seconds at which the book first saw it.
    var seen: UInt64
    var evidence: AlertEvidence?
    /// No work is done while it lasts, as the rules found.
    var stopsWork = false
    /// The block of its evidence left the chain, and whether it holds all the same is not known yet.
    var isUndone = false
    /// What people know of it; `nil` while nobody does.
    var told: Alert.Severity?
    /// Of this keeper's incidents only this one has it; `nil` while nobody was told.
    var incident: String?
    /// Unix seconds since when it is not so any more.
    var absent: UInt64?

    /// Longest text, longest line of details in UTF-16 units, and most lines.
    static let (longestText, longestLine, mostLines) = (600, 300, 12)

    init(_ condition: AlertCondition, now: UInt64) {
        (kind, subject, since, seen) = (condition.kind, condition.subject, condition.since ?? now, now)
        (text, details) = ("", [])
        update(condition)
    }

    mutating func update(_ condition: AlertCondition) {
        text = AlertText.line(condition.text, Self.longestText)
        details = condition.details.prefix(Self.mostLines).map { AlertText.line($0, Self.longestLine) }
        if let since = condition.since { self.since = since }
        stopsWork = condition.stopsWork
        if evidence == nil || isUndone { evidence = condition.evidence }
        isUndone = false
    }

    /// Time went back: nothing was in the future.
    mutating func clamp(_ now: UInt64) {
        seen = min(seen, now)
        absent = absent.map { min($0, now) }
    }
}
