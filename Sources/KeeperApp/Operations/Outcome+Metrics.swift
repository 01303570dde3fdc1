import KeeperCore

extension Outcome {
    /// The name under which it is counted; `nil` for what only repeats.
    var metricName: String? {
        switch self {
        case .noted, .pending, .alreadyDone, .wouldSend: nil
        case .broadcast: "broadcast"
        case .cancelling: "cancelling"
        case .mined: "mined"
        case .reorganised: "reorganised"
        case .minedWithEffect: "mined-with-effect"
        case .minedWithoutEffect: "mined-without-effect"
        case .expired: "expired"
        case .cancelled: "cancelled"
        case .satisfiedByOther: "satisfied-by-other"
        case .refused: "refused"
        }
    }

    /// All names, so that each is there before anything happens.
    static let metricNames = [
        "broadcast", "cancelling", "mined", "reorganised", "mined-with-effect", "mined-without-effect", "expired", "cancelled",
        "satisfied-by-other", "refused",
    ]
}
