internal import EthEVM

extension InvalidTransaction {
    /// What the suite calls this reason; several names where it tells apart what we do not.
    var suiteNames: Set<String> {
        switch self {
        case .nonceTooLow: ["NONCE_MISMATCH_TOO_LOW"]
        case .nonceTooHigh: ["NONCE_MISMATCH_TOO_HIGH"]
        case .nonceAtLimit: ["NONCE_IS_MAX", "NONCE_OVERFLOW", "NONCE_TOO_BIG"]
        case .insufficientFunds: ["INSUFFICIENT_ACCOUNT_FUNDS", "GASLIMIT_PRICE_PRODUCT_OVERFLOW"]
        case .gasLimitTooLow: ["INTRINSIC_GAS_TOO_LOW", "INTRINSIC_GAS_BELOW_FLOOR_GAS_COST"]
        case .gasLimitAboveBlock: ["GAS_ALLOWANCE_EXCEEDED"]
        case .gasLimitAboveTransactionCap: ["GAS_LIMIT_EXCEEDS_MAXIMUM"]
        case .feeCapBelowBaseFee: ["INSUFFICIENT_MAX_FEE_PER_GAS"]
        case .priorityFeeAboveFeeCap: ["PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS", "PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS_2"]
        case .senderHasCode: ["SENDER_NOT_EOA"]
        case .initCodeTooLarge: ["INITCODE_SIZE_EXCEEDED"]
        case .noBlobs: ["TYPE_3_TX_ZERO_BLOBS"]
        case .blobCreatesContract: ["TYPE_3_TX_CONTRACT_CREATION"]
        case .blobVersion: ["TYPE_3_TX_INVALID_BLOB_VERSIONED_HASH"]
        case .tooManyBlobs: ["TYPE_3_TX_BLOB_COUNT_EXCEEDED", "TYPE_3_TX_MAX_BLOB_GAS_ALLOWANCE_EXCEEDED"]
        case .blobFeeCapTooLow: ["INSUFFICIENT_MAX_FEE_PER_BLOB_GAS"]
        case .noAuthorizations: ["TYPE_4_EMPTY_AUTHORIZATION_LIST"]
        case .authorizationsCreateContract: ["TYPE_4_TX_CONTRACT_CREATION"]
        case .typeNotSupported:
            ["TYPE_NOT_SUPPORTED", "TYPE_1_TX_PRE_FORK", "TYPE_2_TX_PRE_FORK", "TYPE_3_TX_PRE_FORK", "TYPE_4_TX_PRE_FORK"]
        }
    }

    /// Whether a reason is among those that a test expects, such as `TransactionException.A|TransactionException.B`.
    static func matches(_ names: Set<String>, _ expected: String) -> Bool {
        let expected = expected.split(separator: "|").map { $0.split(separator: ".").last.map(String.init) ?? "" }
        return names.isEmpty || expected.contains { names.contains($0) }
    }
}
