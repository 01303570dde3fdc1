internal import EthCodec
public import EthPrimitives

/// How the trie of receipts holds one (Yellow Paper, section 4.3.1; EIP-658, EIP-2718).
public enum ReceiptEncoding {
    /// The first member.
    public enum Outcome: Hashable, Sendable {
        /// Whether the outer call did not revert, since Byzantium (EIP-658).
        case status(Bool)
        /// Before: the state root after the transaction.
        case stateRoot(B256)
    }

    /// The list of outcome, gas, bloom and logs, behind the type of the transaction unless that is 0.
    /// - Parameters:
    ///   - type: of the transaction (EIP-2718); 0 is a legacy one.
    ///   - cumulativeGasUsed: of this transaction and all before it in the block.
    public static func encode(
        type: UInt8, outcome: Outcome, cumulativeGasUsed: Gas, logs: [some LogFields]
    ) -> [UInt8] {
        let bloom = logs.bloom
        return RLPEncoder.encodeList(prefix: type == 0 ? nil : type) { list in
            switch outcome {
            case .status(let succeeded): list.append(succeeded ? 1 : 0 as UInt64)
            case .stateRoot(let root): list.append(root)
            }
            list.append(cumulativeGasUsed)
            list.append(bloom)
            list.append(logs: logs)
        }
    }
}
