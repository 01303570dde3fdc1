public import EthPrimitives
public import EthTransactions

/// Fees as the newest blocks show them.
public struct FeeFacts: Codable, Sendable, Hashable {
    /// Of the block after the head, wei per gas.
    public var baseFeePerGas: Wei
    /// Median priority fee of each of the newest blocks, wei per gas.
    public var rewards: [Wei]
    /// Base fees of the newest blocks up to the head, oldest first, wei per gas; `nil` where nobody waits for a cheaper block.
    public var baseFees: [Wei]?

    public init(baseFeePerGas: Wei, rewards: [Wei], baseFees: [Wei]? = nil) {
        self.baseFeePerGas = baseFeePerGas
        self.rewards = rewards
        self.baseFees = baseFees
    }
}

/// Limits on what is paid.
public struct FeePolicy: Codable, Sendable, Hashable {
    /// Hard cap, wei per gas.
    public var maxFeePerGas: Wei
    /// Floor of the priority fee, wei per gas.
    public var minPriorityFeePerGas: Wei

    public init(maxFeePerGas: Wei, minPriorityFeePerGas: Wei) {
        self.maxFeePerGas = maxFeePerGas
        self.minPriorityFeePerGas = minPriorityFeePerGas
    }

    public func estimate(_ fees: FeeFacts) -> FeeEstimate {
        FeeEstimate(
            baseFeePerGas: fees.baseFeePerGas, rewards: fees.rewards, priorityFloor: minPriorityFeePerGas, cap: maxFeePerGas)
    }
}

/// A snapshot that a backtest of pokes can lay its world over.
public protocol PokeSnapshot: Codable, Sendable {
    var facts: PokeFacts { get set }
    /// `nil` at heads where only guards were read.
    var fees: FeeFacts? { get }
    /// The node's gas estimate for the whole MegaPoker at the time of inclusion; a backtest removes it where its world differs.
    var simulatedGas: Gas? { get set }
    /// The call that the plan makes, executed in our own machine; a backtest removes it where its world differs.
    var execution: PokeExecution? { get set }
    /// The same of every way of poking that was considered; a backtest removes it where its world differs.
    var alternatives: [PokeAlternative]? { get set }
}
