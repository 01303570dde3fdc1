public import KeeperTransactions

extension TransactionReport.Deferral {
    /// For people: why an intent has no nonce yet.
    public var text: String {
        switch self {
        case .inFlight: "as many nonces as allowed wait to be mined"
        case .adoption: "the store is new, and what the account sent before is not known to be over yet"
        case .paused: "an operator's pause"
        case .price: "the next block's base fee is above what the caps admit"
        case .gasLimit: "the gas limit is above maxGasLimit"
        case .dayCap: "what was spent today and what is in flight leave too little of maxSpendPerDay"
        case .balance: "the wallet holds less than the transaction reserves"
        }
    }
}
