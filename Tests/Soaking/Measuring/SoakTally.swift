import EthRPC

/// What became of the operations.
struct SoakTally: Sendable {
    var begun = 0
    var answered = 0
    /// By what was wrong.
    var failures: [String: Int] = [:]
    /// Answers to other questions.
    var wrong = 0
    /// Operations that took longer than they may.
    var late = 0
    var latencies = Latencies()
    /// Heads that were given, and holes between them.
    var heads = 0
    var jumps = 0

    var ended: Int { latencies.count }
    var inFlight: Int { begun - ended }
    var failed: Int { failures.values.reduce(0, +) }

    mutating func end(_ result: Result<Bool, any Error>, in duration: Duration, allowed: Duration) {
        latencies.add(duration)
        if duration > allowed { late += 1 }
        switch result {
        case .success(true): answered += 1
        case .success(false): wrong += 1
        case .failure(let error): failures[Self.name(error), default: 0] += 1
        }
    }

    private static func name(_ error: any Error) -> String {
        guard let error = error as? RPCError else { return "\(type(of: error))" }
        if case .node(let code, _) = error.code { return "node \(code)" }
        return "\(error.code)".split(separator: "(").first.map(String.init) ?? ""
    }
}
