public import EthEVM
public import EthPrimitives
public import EthRPC
internal import EthTransactions

extension BlockEnvironment {
    /// What the transactions of a block saw, under the rules of its chain.
    /// - Throws: `ForkError`.
    public init(of block: PinnedBlock, chain: ChainID, _ forks: ForkSchedule) throws(ForkError) {
        let rules = try forks.rules(number: block.number, time: block.timestamp)
        self.init(
            chainID: chain, fork: rules.fork, number: block.number, timestamp: block.timestamp, gasLimit: block.gasLimit,
            feeRecipient: block.feeRecipient, prevRandao: block.prevRandao, baseFeePerGas: block.baseFeePerGas ?? .zero,
            blobBaseFee: block.excessBlobGas.flatMap { rules.blobs?.baseFee(excess: $0) } ?? Wei(1))
    }

    /// What transactions of the block after another will see, as far as it can be known: 12 seconds later, of the same gas limit and fee
    /// recipient, with the base fee that follows (EIP-1559) and without randomness; `overrides` say otherwise, as in `eth_simulateV1`.
    /// - Throws: `ForkError`.
    public init(
        after block: PinnedBlock, _ overrides: BlockOverrides = BlockOverrides(), chain: ChainID, _ forks: ForkSchedule
    ) throws(ForkError) {
        // Heights and times of blocks are far below 2^64, whatever a node claims.
        let (number, time) = (overrides.number ?? block.number &+ 1, overrides.time ?? block.timestamp &+ Self.slot)
        let rules = try forks.rules(number: number, time: time)
        self.init(
            chainID: chain, fork: rules.fork, number: number, timestamp: time, gasLimit: overrides.gasLimit ?? block.gasLimit,
            feeRecipient: overrides.feeRecipient ?? block.feeRecipient, prevRandao: overrides.prevRandao ?? B256(),
            baseFeePerGas: overrides.baseFeePerGas ?? block.nextBaseFeePerGas,
            blobBaseFee: overrides.blobBaseFee ?? block.nextBlobBaseFee(rules))
    }

    /// Seconds between blocks of mainnet.
    private static let slot: UInt64 = 12
}

extension PinnedBlock {
    /// The base fee of the next block (EIP-1559); zero where this one has none.
    public var nextBaseFeePerGas: Wei {
        guard let fee = baseFeePerGas else { return .zero }
        // A block may use twice its target; a block without room is none.
        let target = UInt256(gasLimit / 2)
        let used = UInt256(gasUsed)
        guard target > .zero, used != target else { return fee }
        let distance = used > target ? used - target : target - used
        // An eighth at most; what a node claims must not stop a process.
        guard let change = fee.rawValue.mulDiv(distance, target).map({ $0 / 8 }) else { return fee }
        return used > target ? fee + Wei(max(change, 1)) : Wei(fee.rawValue - min(change, fee.rawValue))
    }

    fileprivate func nextBlobBaseFee(_ rules: ForkSchedule.Rules) -> Wei {
        guard let blobs = rules.blobs, let excessBlobGas else { return Wei(1) }
        let excess = blobs.nextExcess(
            used: blobGasUsed ?? 0, excess: excessBlobGas, baseFeePerGas: rules.fork >= .osaka ? baseFeePerGas : nil)
        return blobs.baseFee(excess: excess)
    }
}
