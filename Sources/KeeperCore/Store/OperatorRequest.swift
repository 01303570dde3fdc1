/// What an operator asks of a keeper, as a store carries it from one process to the other.
public enum OperatorRequest: Codable, Sendable, Hashable {
    /// Take an intent back: named by its id, by its nonce, or by the hash of one of its transactions.
    case cancel(String)
    /// Replace a waiting transaction at the next chance: named likewise.
    case bump(String)
    /// Send nothing new for so many seconds of the keeper's clock.
    case pause(seconds: UInt64)
    /// Send nothing new before this time, unix seconds of the keeper's clock.
    case pauseUntil(UInt64)
    case resume
    /// A new store need not wait until the account is known to be quiet.
    case adopt

    /// For people, and for the journal.
    public var text: String {
        switch self {
        case .cancel(let name): "cancel \(name)"
        case .bump(let name): "bump \(name)"
        case .pause(let seconds): "pause for \(seconds) s"
        case .pauseUntil(let time): "pause until \(UTC.instant(time))"
        case .resume: "resume"
        case .adopt: "adopt"
        }
    }
}

/// What came of a request.
public struct OperatorAnswer: Codable, Sendable, Hashable {
    public var isAccepted: Bool
    /// For people.
    public var text: String

    public init(isAccepted: Bool, _ text: String) {
        self.isAccepted = isAccepted
        self.text = text
    }
}
