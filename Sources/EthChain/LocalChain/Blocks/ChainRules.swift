import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// What holds for all blocks of a chain.
struct ChainRules {
    let chainID: ChainID
    let fork: Fork
    /// `nil` before Cancun.
    let blobs: BlobSchedule?

    init(_ configuration: LocalChainConfiguration) {
        chainID = configuration.chainID
        fork = configuration.fork
        let usual: BlobSchedule = fork >= .prague ? .prague : .cancun
        blobs = fork < .cancun ? nil : configuration.blobSchedule ?? usual
    }

    /// Wei per blob gas in a block with this excess.
    func blobBaseFee(_ excess: Gas) -> Wei { blobs?.baseFee(excess: excess) ?? Wei(1) }

    func excessBlobGas(after parent: ExecutionHeader) -> Gas {
        guard let blobs, let excess = parent.extensions.excessBlobGas, let used = parent.extensions.blobGasUsed else { return 0 }
        return blobs.nextExcess(
            used: used, excess: excess, baseFeePerGas: fork >= .osaka ? parent.extensions.baseFeePerGas : nil)
    }

    /// What instructions see of a block.
    func environment(_ number: UInt64, _ template: BlockTemplate, _ excessBlobGas: Gas) -> BlockEnvironment {
        BlockEnvironment(
            chainID: chainID, fork: fork, number: number, timestamp: template.timestamp, gasLimit: template.gasLimit,
            feeRecipient: template.feeRecipient, prevRandao: template.prevRandao, baseFeePerGas: template.baseFeePerGas,
            blobBaseFee: blobBaseFee(excessBlobGas))
    }

    /// The same of a block that is there.
    func environment(_ block: LocalBlock) -> BlockEnvironment {
        let header = block.header
        return BlockEnvironment(
            chainID: chainID, fork: fork, number: header.number, timestamp: header.timestamp, gasLimit: header.gasLimit,
            feeRecipient: header.miner,
            prevRandao: fork >= .paris ? header.mixHash : header.difficulty.bigEndianBytes,
            baseFeePerGas: block.baseFeePerGas, blobBaseFee: blobBaseFee(header.extensions.excessBlobGas ?? 0))
    }
}
