/// Identity of a wish: the same keeper wanting the same of the same epoch wants one thing, however often it says so.
public struct IntentID: Codable, Sendable, Hashable, CustomStringConvertible {
    public var keeper: String
    public var target: String
    /// The period that the wish belongs to, such as an oracle's slot in unix seconds.
    public var epoch: UInt64

    public init(keeper: String, target: String, epoch: UInt64) {
        self.keeper = keeper
        self.target = target
        self.epoch = epoch
    }

    public var description: String { "\(keeper)/\(epoch)/\(target)" }
}
