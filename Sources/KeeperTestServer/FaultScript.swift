import EthRPC

/// Which request gets which reply. Rules are tried in their order; a request that none fits gets the node's answer.
///
///     let script = FaultScript(.echo)
///         .replying(.tooManyRequests(retryAfter: "2"), to: 0)
///         .replying(.actThenLoseReply, toMethod: "eth_sendRawTransaction", times: 1)
public struct FaultScript: Sendable {
    struct Rule: Sendable {
        var times: Int
        var fits: @Sendable (ServerRequest) -> Bool
        var reply: Reply
    }

    /// Who answers where no fault is planned.
    public var node: TestNode
    var rules: [Rule] = []

    /// A script without faults.
    public init(_ node: TestNode = .echo) { self.node = node }

    /// The reply to the request with that index, HTTP requests and WebSocket messages counted together from 0.
    public func replying(_ reply: Reply, to index: Int) -> FaultScript {
        replying(reply) { $0.kind != .upgrade && $0.index == index }
    }

    /// The reply to requests of a method, alone or in a batch, the first so many times.
    public func replying(_ reply: Reply, toMethod method: String, times: Int = .max) -> FaultScript {
        replying(reply, times: times) { $0.calls.contains { $0.method == method } }
    }

    /// The reply to the wish for a WebSocket, the first so many times. Without it the wish is granted.
    public func replying(_ reply: Reply, toUpgradeTimes times: Int) -> FaultScript {
        replying(reply, times: times) { $0.kind == .upgrade }
    }

    /// The reply to what a test recognises, the first so many times.
    public func replying(
        _ reply: Reply, times: Int = .max, when fits: @escaping @Sendable (ServerRequest) -> Bool
    ) -> FaultScript {
        var copy = self
        copy.rules.append(Rule(times: times, fits: fits, reply: reply))
        return copy
    }
}
