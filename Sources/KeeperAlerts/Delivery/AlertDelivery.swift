public import KeeperCore

/// One thing that one receiver is to be told.
public struct AlertDelivery: Codable, Sendable, Hashable {
    /// Stays the same however often it is tried, before and after a restart; no other delivery has it.
    public var id: String
    /// As this receiver is told: an incident that comes past its minimum late is `opened` for it.
    public var notice: AlertNotice
    /// What this receiver knows of the incident's severity; `nil` if it knows nothing.
    public var previous: Alert.Severity?
    /// Times that it was handed to the poster. Above zero the receiver may have it, whatever was answered.
    public var attempts = 0
    /// Not before this, unix milliseconds.
    var notBefore: UInt64 = 0
    /// Unix milliseconds since when it fails.
    var failing: UInt64?

    init(id: String, _ notice: AlertNotice, previous: Alert.Severity? = nil) {
        (self.id, self.notice, self.previous) = (id, notice, previous)
    }
}
