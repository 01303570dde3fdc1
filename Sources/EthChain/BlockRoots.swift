internal import EthCodec
public import EthEVM
public import EthPrimitives
public import EthRPC
public import EthTransactions
public import EthTrie

/// The roots that a header names over what its block holds (Yellow Paper, section 4.3).
public enum BlockRoots {
    public static func transactions(_ transactions: [TransactionEnvelope]) -> B256 {
        Trie.orderedRoot(of: transactions.map(\.encoded))
    }

    public static func receipts(_ receipts: [ExecutionReceipt]) -> B256 { Trie.orderedRoot(of: receipts.map(\.encoded)) }

    /// Since Shanghai (EIP-4895).
    public static func withdrawals(_ withdrawals: [Withdrawal]) -> B256 { Trie.orderedRoot(of: withdrawals.map(\.encoded)) }
}

extension Log: LogFields {}
extension EVMLog: LogFields {}

extension Withdrawal {
    /// The list of index, validator, address and amount in gwei (EIP-4895).
    public var encoded: [UInt8] {
        RLPEncoder.encodeList { list in
            list.append(index)
            list.append(validatorIndex)
            list.append(address)
            list.append(amountGwei)
        }
    }
}

extension ExecutionReceipt {
    /// What the trie of receipts holds of it; the bloom is computed from the logs.
    public var encoded: [UInt8] {
        let first: ReceiptEncoding.Outcome =
            switch outcome {
            case .status(let succeeded): .status(succeeded)
            case .stateRoot(let root): .stateRoot(root)
            }
        // A type above a byte is not one that a chain has: no root comes out right with any.
        return ReceiptEncoding.encode(
            type: UInt8(truncatingIfNeeded: type), outcome: first, cumulativeGasUsed: cumulativeGasUsed, logs: logs)
    }
}
