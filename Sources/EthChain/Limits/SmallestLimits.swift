public import EthEVM
public import EthPrimitives

/// The two gas limits between which a transaction succeeds while something inside of it has failed for want of gas.
///
/// A call hands on 63/64 of its gas; one that swallows failures of its inner calls reports success at a limit at which the last of them starve.
public struct SmallestLimits: Hashable, Sendable {
    /// The result with ample gas.
    public var ample: ExecutionResult
    /// The smallest limit with status 1; `nil` if there is none.
    public var succeeding: Gas?
    /// The smallest limit from which on every effect is reached; `nil` if the transaction fails whatever it is given.
    public var allEffects: Gas?
    /// The inner calls that starve at limits between the two, the outermost of each; empty if there are no such limits.
    public var starved: [StarvedCall]
    /// Whether more gas never did worse, as far as was tried. Where it did, the limits are those from which on it does not.
    public var isMonotone: Bool
    /// How often the transaction was executed to find out.
    public var executions: Int

    /// Limits at which the transaction succeeds without all of its effects.
    public var windowOfStarvation: Range<Gas>? {
        guard let succeeding, let allEffects, succeeding < allEffects else { return nil }
        return succeeding..<allEffects
    }
}
