internal import EthEVM
public import EthPrimitives

/// A node's simulation beside our own.
public struct SecondOpinion: Hashable, Sendable {
    public enum Difference: Hashable, Sendable {
        /// One of the two says that the transaction succeeds, the other that it fails.
        case status
        /// The node's figure less ours, in gas.
        case gas(Int64)
    }

    /// Whether it succeeds, as we say.
    public var succeeds: Bool
    /// Gas used, as we say.
    public var gasUsed: Gas
    /// The limit that we say suffices: for every effect where that was found out, else gas spent before any refund.
    public var limit: Gas
    public var node: NodeOpinion
    /// `nil` if they agree. An estimate agrees if it lies between the smallest limit with which the transaction succeeds and a sixteenth above
    /// the one that we say: clients stop their search at different distances.
    public var difference: Difference?

    /// - Parameter limits: of the same transaction, where they were looked for.
    public init(_ ours: RehearsedTransaction, limits: SmallestLimits? = nil, node: NodeOpinion) {
        let result = ours.result
        succeeds = result.succeeded
        gasUsed = result.gasUsed
        limit = limits?.allEffects ?? result.gasSpent
        self.node = node
        guard node.succeeded == result.succeeded else {
            difference = .status
            return
        }
        guard let gas = node.gas else { return }
        switch node.method {
        case .simulate, .trace: if gas != gasUsed { difference = .gas(Self.distance(from: gasUsed, to: gas)) }
        case .estimate:
            // What succeeds with less than it uses when there is enough has lost something on the way.
            let least = limits?.succeeding ?? 0
            if gas < least || gas > limit + limit / Self.tolerance {
                difference = .gas(Self.distance(from: limit, to: gas))
            }
        }
    }

    private static let tolerance: Gas = 16

    public var agrees: Bool { difference == nil }

    /// Whether the node's estimate is a limit at which the transaction succeeds and something inside of it starves: below the one with every
    /// effect. An estimate tests the outer call only; it may agree and starve all the same.
    public var starves: Bool {
        guard node.method == .estimate, agrees, let gas = node.gas else { return false }
        return gas < limit
    }

    /// The larger of the two limits, never below ours: ours, and the node's or ours with as much on top as the node says is used more.
    public var largerLimit: Gas {
        guard node.succeeded, let gas = node.gas else { return limit }
        switch node.method {
        case .estimate: return max(limit, gas)
        case .simulate, .trace:
            guard gas > gasUsed else { return limit }
            // What a node claims may be anything.
            let (sum, overflow) = limit.addingReportingOverflow(gas - gasUsed)
            return overflow ? .max : sum
        }
    }

    private static func distance(from a: Gas, to b: Gas) -> Int64 { Int64(clamping: b) - Int64(clamping: a) }
}
