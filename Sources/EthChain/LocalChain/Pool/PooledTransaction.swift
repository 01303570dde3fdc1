import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// A transaction that waits.
struct PooledTransaction: Sendable {
    let sealed: SealedTransaction
    /// The order of arrival.
    let arrival: UInt64

    var hash: TransactionHash { sealed.hash }
    var sender: Address { sealed.sender }
    var nonce: Nonce { sealed.fields.nonce }

    /// What the proposer would get, wei per gas; `nil` where the cap is below the base fee.
    func tip(_ baseFeePerGas: Wei) -> Wei? {
        sealed.fees.effectiveGasPrice(baseFeePerGas: baseFeePerGas).map { $0 - baseFeePerGas }
    }
}
