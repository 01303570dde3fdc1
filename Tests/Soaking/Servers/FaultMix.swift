import EthRPC
import KeeperTestServer
import Synchronization
import TestSupport

/// Chooses a fault, or none, for each request.
final class FaultMix: Sendable {
    /// Faults, and how many of 1,000 requests meet each.
    enum Fault: String, CaseIterable, Sendable {
        case hang, reset, closed, limit, html, truncated, slow

        var share: Int {
            switch self {
            case .hang: 2
            // Each of these makes a node pause for a second, as it asks.
            case .limit: 1
            case .reset, .closed, .html, .truncated: 8
            case .slow: 20
            }
        }
    }

    private let state: Mutex<(random: SeededRandom, served: [Fault: Int])>

    init(seed: UInt64) { state = Mutex((SeededRandom(seed), [:])) }

    /// How often each was served.
    var served: [String: Int] {
        state.withLock { state in Dictionary(uniqueKeysWithValues: Fault.allCases.map { ($0.rawValue, state.served[$0] ?? 0) }) }
    }

    /// Subscriptions are left alone: they die with their connections often enough.
    func script(_ node: SoakNode) -> FaultScript {
        FaultScript(node.answers).replying(Reply([.look { self.next(for: $0).steps }])) { request in
            request.kind != .upgrade && !request.calls.contains { $0.method.hasSuffix("subscribe") }
        }
    }

    private func next(for request: ServerRequest) -> Reply {
        let (fault, number) = state.withLock { state in
            let number = Int.random(in: 0..<1000, using: &state.random)
            let fault = Self.fault(number)
            if let fault { state.served[fault, default: 0] += 1 }
            return (fault, number)
        }
        switch fault {
        case nil: return .answer
        case .hang?: return .hang
        case .reset?: return .reset
        case .closed?: return .actThenLoseReply
        case .limit?:
            return request.kind == .http && number % 2 == 0
                ? .tooManyRequests(retryAfter: "1") : .refuse(-32005, "limit exceeded")
        case .html?: return .html
        case .truncated?: return .truncatedJSON
        case .slow?: return Self.slow(.milliseconds(10 + 20 * Int64(number % 10)))
        }
    }

    private static func fault(_ number: Int) -> Fault? {
        var rest = number
        for fault in Fault.allCases {
            if rest < fault.share { return fault }
            rest -= fault.share
        }
        return nil
    }

    private static func slow(_ pause: Duration) -> Reply {
        let gate = Gate()
        Task {
            // Cancelled by nobody.
            try? await Task.sleep(for: pause)
            gate.open()
        }
        return .answer.after(gate)
    }
}
