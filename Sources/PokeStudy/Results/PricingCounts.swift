/// How many prices were executed in our own machine, and how many remembered.
public struct PricingCounts: Sendable, Hashable {
    /// Branches that were new.
    public var executed: Int
    /// Answers from memory.
    public var remembered: Int
    /// Those of them that were executed again, and were the same.
    public var checked: Int

    public init(executed: Int = 0, remembered: Int = 0, checked: Int = 0) {
        self.executed = executed
        self.remembered = remembered
        self.checked = checked
    }
}
