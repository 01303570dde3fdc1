import EthPrimitives
import EthRPC
import KeeperCore
import KeeperStore
import KeeperTransactions
import Logging

extension Wiring {
    /// The store of `run`, locked as long as this process has it.
    /// - Throws: `ConfigError`, or `StoreError`: `.inUse` where another process has it.
    func store() throws -> SQLiteStore {
        guard let path = common.store else {
            throw ConfigError(
                "store",
                "the key is missing: run keeps what it sends and decides in a file, such as /var/lib/keeperkit/\(P.name).sqlite")
        }
        return try SQLiteStore(path: path)
    }

    /// Whose transactions are looked after, within which bounds.
    func machine(of account: Address) -> MachineConfiguration {
        let caps = common.policy
        var policy = TransactionPolicy(
            maxFeePerGas: caps.maxFeePerGas, maxGasLimit: caps.maxGasLimit, maxSpendPerTransaction: caps.maxSpendPerTransaction,
            maxSpendPerDay: caps.maxSpendPerDay)
        policy.bumpAfterBlocks = caps.bumpAfterBlocks
        policy.confirmations = caps.confirmations
        // Where blocks are made on demand, what is in the pool is in the next one.
        if case .depth(let depth) = common.finality { policy.adoptionQuietBlocks = depth }
        return MachineConfiguration(
            chainID: common.chainID, account: account, policy: policy, fees: FeeStrategy(tipFloor: common.minPriorityFeePerGas))
    }

    /// News of the manager as log lines; what it reports is told as outcomes.
    static func tell(_ news: TransactionNews, _ logger: Logger) {
        guard case .alert(let alert) = news else { return }
        switch alert {
        case .foreign, .finalUndone, .broken, .store: logger.error("\(alert.text)")
        case .unexplained, .priceIsNotTheProblem, .atCap, .balance, .refused, .triesUsed, .pendingUnknown, .adoptedRegardless,
            .filling, .signer, .effectUnread:
            logger.warning("\(alert.text)")
        }
    }
}
