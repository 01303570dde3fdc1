/// One piece of work, ours and the peers that do the same work, with what we want the ratio to be.
struct Row {
    /// What is done, such as `keccak 32 B`; `--row` looks for its argument in here.
    let name: String
    /// Pieces of work in one iteration: times are shown per piece.
    var piecesPerIteration = 1
    /// Bytes of input of one piece, where a rate says more than a time.
    var bytes: Int?
    /// Ours comes first.
    let contenders: [Contender]

    init(_ name: String, piecesPerIteration: Int = 1, _ contenders: [Contender]) {
        self.name = name
        self.piecesPerIteration = piecesPerIteration
        self.contenders = contenders
    }
}

/// One way of doing the work of a row.
struct Contender {
    enum Work {
        /// Does the work that often, in this process.
        case here((Int) throws -> Void)
        /// Is done by the function of that name in peers.py.
        case python(String)
    }

    let name: String
    let work: Work
    /// What is asked of ours: for ours a limit, for a peer a ratio.
    var goal: Goal?

    static func ours(_ goal: Goal? = nil, _ work: @escaping (Int) throws -> Void) -> Self {
        Self(name: "KeeperKit", work: .here(work), goal: goal)
    }
    static func peer(_ name: String, _ goal: Goal? = nil, _ work: @escaping (Int) throws -> Void) -> Self {
        Self(name: name, work: .here(work), goal: goal)
    }
    static func python(_ name: String, _ function: String, _ goal: Goal? = nil) -> Self {
        Self(name: name, work: .python(function), goal: goal)
    }
}

enum Goal {
    /// The peer's time is at least so many times ours.
    case times(Double)
    /// Ours takes at most so many nanoseconds.
    case nanoseconds(Double)

    var text: String {
        switch self {
        case .times(let ratio): "≥ \(decimal(ratio)) ×"
        case .nanoseconds(let limit): "≤ \(time(limit))"
        }
    }
}
