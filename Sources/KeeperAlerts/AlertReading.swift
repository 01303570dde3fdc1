public import EthPrimitives

/// What the rules read in a sample.
public struct AlertReading: Sendable, Hashable {
    /// Unix seconds.
    public var now: UInt64
    /// The newest head; `nil` before the first.
    public var head: AlertEvidence?
    /// Nothing is known of the chain: what needs it stays as it was.
    public var isBlind: Bool
    /// Each kind and subject once.
    public var conditions: [AlertCondition] = []
    /// Blocks that left the chain since the reading before.
    public var abandoned: Set<BlockHash> = []
    /// Keys of what the keeper tells and no kind of alert stands for: a defect of the keeper, for its log.
    public var unknown: [String] = []

    public init(now: UInt64, head: AlertEvidence?, isBlind: Bool) {
        (self.now, self.head, self.isBlind) = (now, head, isBlind)
    }

    /// Adds a condition, or what it says to the one of the same kind and subject.
    public mutating func add(_ condition: AlertCondition) {
        let same = conditions.firstIndex { $0.kind == condition.kind && $0.subject == condition.subject }
        if let same { conditions[same].merge(condition) } else { conditions.append(condition) }
    }
}
