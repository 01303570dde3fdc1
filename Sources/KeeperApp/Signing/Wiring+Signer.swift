import EthPrimitives
import EthTransactions
import KeeperCore
import KeeperTransactions

extension Wiring {
    /// The signer of `run`, without its policy. Nothing but `policed` may get to sign with it.
    func signer() throws(ConfigError) -> any Signer {
        guard let signer = common.signer else {
            throw ConfigError("signer", "run needs a signer: set signer.keystoreFile, signer.privateKeyFile or signer.remote")
        }
        let logger = logger
        return try signer.signer { logger.tell($0) }
    }

    /// The signer behind the one policy of the keeper: its chain, its contracts, its caps.
    func policed(_ signer: any Signer, for keeper: P.K) -> PolicySigner {
        let caps = common.policy
        return PolicySigner(
            signer,
            SigningPolicy(
                chainID: common.chainID, contracts: P.callable(keeper), maxFeePerGas: caps.maxFeePerGas,
                maxGasLimit: caps.maxGasLimit, maxSpendPerTransaction: caps.maxSpendPerTransaction))
    }
}
