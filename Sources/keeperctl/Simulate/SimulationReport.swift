import EthChain
import EthEVM
import EthPrimitives
import EthRPC

/// All that was found out about a transaction.
struct SimulationReport {
    /// Whose state it was.
    let block: PinnedBlock
    /// The block that it was executed in.
    let environment: BlockEnvironment
    let forkSource: ForkSource
    let transaction: EVMTransaction
    /// `nil` if it was not mined.
    let mined: MinedTransaction?
    /// Transactions before it that were executed.
    let replayed: Int
    /// `nil` if our machine could not execute it.
    var rehearsed: Rehearsed?
    /// Gas used with an access list.
    var announced: Gas?
    var limits: SmallestLimits?
    var opinion: SecondOpinion?
    var silence: NodeSilence?
    /// What our machine lacks, and what the node says instead.
    var missingPrecompile: Address?
    var nodeAlone: NodeOpinion?

    init(
        block: PinnedBlock, environment: BlockEnvironment, forkSource: ForkSource, transaction: EVMTransaction,
        mined: MinedTransaction?, replayed: Int
    ) {
        self.block = block
        self.environment = environment
        self.forkSource = forkSource
        self.transaction = transaction
        self.mined = mined
        self.replayed = replayed
    }

    var result: RehearsedTransaction? { rehearsed?.transactions.last }

    /// Transactions before a mined one that were not executed: its result may be another for that alone.
    var notReplayed: Int { (mined?.before.count ?? 0) - replayed }

    /// In which points the result is another than what was mined.
    var differencesFromMined: [String] {
        guard let mined, let result else { return [] }
        return mined.differences(from: result.result)
    }

    /// Whether somebody who should know says something else.
    var differs: Bool { opinion?.agrees == false || notReplayed == 0 && !differencesFromMined.isEmpty }

    /// What the access list saves; below zero if it costs.
    var saved: Int64? {
        guard let announced, let result else { return nil }
        return Int64(clamping: result.result.gasUsed) - Int64(clamping: announced)
    }
}
