/// What attempts to deliver are counted by, as in `keeper_alert_deliveries_total`.
public struct AlertCount: Sendable, Hashable {
    /// The receiver's name.
    public var sink: String
    /// `delivered`, `failed` or `refused`.
    public var result: String

    public init(sink: String, result: String) { (self.sink, self.result) = (sink, result) }
}
