/// One try of a wish. It is bound to at most one nonce at a time and gets exactly one outcome.
public struct IntentKey: Codable, Sendable, Hashable, CustomStringConvertible {
    public var id: IntentID
    /// 1 for the first try. Another follows only when the one before was mined without effect, or ended without being mined.
    public var attempt: Int

    public init(id: IntentID, attempt: Int) {
        self.id = id
        self.attempt = attempt
    }

    public var description: String { "\(id)#\(attempt)" }
}
