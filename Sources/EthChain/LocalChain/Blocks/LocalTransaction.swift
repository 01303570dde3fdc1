import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import EthTrie

/// A transaction of a block and what became of it.
struct LocalTransaction: Sendable {
    let sealed: SealedTransaction
    /// The order of arrival.
    let arrival: UInt64
    let index: UInt64
    let succeeded: Bool
    let gasUsed: Gas
    /// Gas of this transaction and all before it in the block.
    let cumulativeGasUsed: Gas
    /// Wei per gas.
    let effectiveGasPrice: Wei
    let blobGas: ExecutionReceipt.BlobGas?
    /// The contract that it created or, failing, would have.
    let contractAddress: Address?
    let logs: [EVMLog]
    let bloom: FixedBytes<256>
    /// The place of its first log among those of the block.
    let firstLog: UInt64

    /// What the trie of receipts holds of it.
    var encodedReceipt: [UInt8] {
        ReceiptEncoding.encode(
            type: sealed.unsigned.type.rawValue, outcome: .status(succeeded), cumulativeGasUsed: cumulativeGasUsed, logs: logs)
    }

    /// What the proposer gets, wei per gas, in a block with this base fee.
    func tip(_ baseFeePerGas: Wei) -> Wei { effectiveGasPrice - baseFeePerGas }
}
