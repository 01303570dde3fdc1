import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

extension LocalBlock {
    /// The block as nodes tell it, with its transactions or their hashes.
    func report(full: Bool) -> Block {
        Block(
            header: header, statedHash: hash, size: size,
            transactions: full
                ? .full(transactions.map(reported)) : .hashes(transactions.map(\.sealed.hash)),
            withdrawals: withdrawals)
    }

    /// One of its transactions.
    func reported(_ transaction: LocalTransaction) -> ReportedTransaction {
        ReportedTransaction(
            object: transaction.sealed.object,
            inclusion: .init(
                blockHash: hash, blockNumber: number, blockTimestamp: header.timestamp, transactionIndex: transaction.index),
            gasPrice: transaction.effectiveGasPrice)
    }

    func receipt(_ transaction: LocalTransaction) -> ExecutionReceipt {
        let sealed = transaction.sealed
        return ExecutionReceipt(
            transactionHash: sealed.hash, blockHash: hash, blockNumber: number,
            transactionIndex: transaction.index, type: UInt64(sealed.unsigned.type.rawValue), from: sealed.sender,
            to: sealed.fields.recipient, contractAddress: transaction.contractAddress,
            outcome: .status(transaction.succeeded), gasUsed: transaction.gasUsed,
            cumulativeGasUsed: transaction.cumulativeGasUsed, effectiveGasPrice: transaction.effectiveGasPrice,
            blobGas: transaction.blobGas, logsBloom: transaction.bloom, logs: logs(transaction))
    }

    func logs(_ transaction: LocalTransaction) -> [Log] {
        transaction.logs.enumerated().map { offset, log in
            Log(
                address: log.address, topics: log.topics, data: log.data, blockHash: hash, blockNumber: number,
                blockTimestamp: header.timestamp, transactionHash: transaction.sealed.hash,
                transactionIndex: transaction.index, logIndex: transaction.firstLog + UInt64(offset))
        }
    }
}

extension PooledTransaction {
    /// The transaction while it waits.
    var report: ReportedTransaction {
        ReportedTransaction(object: sealed.object, inclusion: nil, gasPrice: sealed.fees.maxFeePerGas)
    }
}

extension SealedTransaction {
    /// The transaction with what nodes say beside it.
    fileprivate var object: TransactionObject {
        TransactionObject(unsigned: unsigned, signature: signature, statedFrom: sender, statedHash: hash)
    }
}
