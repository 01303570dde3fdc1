import KeeperTransactions

/// What happened in runs, so that one sees that it did.
public struct RunTally: Sendable {
    public var runs = 0
    public var blocks = 0
    public var events = 0
    public var broadcasts = 0
    public var alerts = 0
    public var reorganisations = 0
    public var crashes = 0
    public var losses = 0
    public var forms = 0
    public var withEffect = 0
    public var withoutEffect = 0
    public var expired = 0
    public var cancelled = 0
    public var satisfied = 0
    public var displaced = 0
    public var released = 0
    public var filled = 0
    public var unverified = 0
    public var wordsRead = 0

    public init() {}

    mutating func count(_ record: Record) {
        switch record {
        case .signed: forms += 1
        case .released: released += 1
        case .displaced: displaced += 1
        case .filled: filled += 1
        case .settled(let settlement):
            switch settlement.outcome {
            case .minedWithEffect: withEffect += 1
            case .minedWithoutEffect(_, let shortfall):
                withoutEffect += 1
                if case .unverified = shortfall { unverified += 1 }
            case .expired: expired += 1
            case .cancelled: cancelled += 1
            case .satisfiedByOther: satisfied += 1
            }
        case .adopted, .wanted, .recalled, .paused: break
        }
    }

    public mutating func add(_ other: RunTally) {
        for member in Self.members { self[keyPath: member] += other[keyPath: member] }
    }

    /// All numbers, with their names.
    public var rows: [(name: String, count: Int)] { zip(Self.names, Self.members).map { ($0, self[keyPath: $1]) } }

    private static let names = [
        "runs", "blocks", "events", "forms signed", "broadcasts", "alerts", "reorganisations", "crashes", "stores lost",
        "mined with effect", "mined without effect", "expired", "cancelled", "satisfied by others", "nonces lost to others",
        "nonces released", "nonces filled", "effects not verified", "words read",
    ]
    private static var members: [WritableKeyPath<RunTally, Int>] {
        [
            \.runs, \.blocks, \.events, \.forms, \.broadcasts, \.alerts, \.reorganisations, \.crashes, \.losses, \.withEffect,
            \.withoutEffect, \.expired, \.cancelled, \.satisfied, \.displaced, \.released, \.filled, \.unverified, \.wordsRead,
        ]
    }
}
