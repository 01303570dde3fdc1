extension NodeErrorKind {
    /// One slot of mainnet: what a full pool, a lagging head or a missing predecessor need at least.
    private static let slot = Duration.seconds(12)
    /// The pause after a limit that names none.
    private static let pause = Duration.seconds(1)

    /// What may be done, and a sentence for people.
    var advice: (retry: RetryAdvice, text: String) {
        switch self {
        case .alreadyKnown: (.watchHash, "The node has this transaction: watch its hash, do not send another.")
        case .acceptedNotMined: (.watchHash, "The node took the transaction and it is not mined yet: watch its hash.")
        case .nonceTooLow:
            (.checkNonce, "This nonce is used: look for the receipts of all own transactions of it before sending.")
        case .nonceTooHigh: (.checkNonce, "Earlier transactions of the account are missing here: send those first.")
        case .replacementUnderpriced: (.changeTransaction, "A transaction of this nonce waits: raise both fee caps by 12.5 %.")
        case .underpriced: (.changeTransaction, "The node asks for a higher fee: raise the priority fee.")
        case .feeCapBelowBaseFee:
            (.changeTransaction, "The base fee is above maxFeePerGas: wait for it to fall, or raise the cap.")
        case .tipAboveFeeCap: (.changeTransaction, "maxPriorityFeePerGas exceeds maxFeePerGas: lower the one or raise the other.")
        case .feeCapExceeded:
            (.otherNode, "The node's operator caps the fee of a transaction: lower the gas or the fee, or ask another node.")
        case .insufficientFunds: (.changeTransaction, "The account cannot pay value and gas: fund it, or lower the cap.")
        case .intrinsicGasTooLow: (.changeTransaction, "The gas limit is below the cost of the transaction itself: raise it.")
        case .gasLimitTooHigh: (.changeTransaction, "The gas limit is above that of a transaction or a block: lower it.")
        case .poolFull:
            (
                .resendSameBytes(after: Self.slot),
                "The node's pool is full: send the same transaction again later, or raise the fee."
            )
        case .accountLimit:
            (.resendSameBytes(after: Self.slot), "The account has too many transactions waiting: let them be mined first.")
        case .addressReserved:
            (.resendSameBytes(after: Self.slot), "The account has transactions of another kind waiting: let them be mined first.")
        case .senderNotEOA: (.never, "The sender is a contract: transactions need an account with a key.")
        case .transactionTypeNotSupported: (.otherNode, "This node does not take this type of transaction: is it up to date?")
        case .wrongChain: (.never, "The transaction is for another chain: check the chain id and the endpoint.")
        case .invalidSignature: (.never, "The signature is not valid: the transaction must be signed again.")
        case .transactionTooLarge: (.never, "The transaction is too large: split it.")
        case .blobFeeCapTooLow:
            (.changeTransaction, "The blob base fee is above maxFeePerBlobGas: wait for it to fall, or raise the cap.")
        case .blobInvalid: (.never, "The blobs do not fit the transaction: build it again.")
        case .invalidTransaction: (.never, "No node takes this transaction: build it again.")
        case .executionReverted: (.never, "The contract refuses the call in this state.")
        case .outOfGas: (.never, "The call needs more gas than it was given, or than the node allows a call.")
        case .gasAllowanceExceeded:
            (.never, "No gas limit that the account can pay, or that the node allows, suffices; or the call cannot succeed.")
        case .invalidOpcode:
            (.never, "The contract stops with an invalid instruction: a failed assertion, or no contract of this kind.")
        case .vmError: (.never, "The call fails in this state.")
        case .blockNotFound: (.otherNode, "This node does not know the block: it lags, or the block was replaced.")
        case .blockNotCanonical: (.never, "The block was replaced by another: start again from the new head.")
        case .transactionNotFound: (.otherNode, "This node does not know the transaction: it lags, or dropped it.")
        case .stateUnavailable: (.otherNode, "This node does not keep the state of that block: an archive node does.")
        case .historyUnavailable: (.otherNode, "This node does not keep blocks of that time: an archive node does.")
        case .blockRangeInvalid: (.otherNode, "The range ends beyond this node's head, or begins after its end.")
        case .filterNotFound: (.never, "The filter or subscription is gone: make it anew and fill the gap.")
        case .rateLimited: (.sameNodeLater(after: Self.pause), "Too many requests: slow down, or use another node.")
        case .quotaExceeded: (.otherNode, "The plan's quota is spent: use another node until it is renewed.")
        case .unauthorized: (.otherNode, "The endpoint refuses the key or the address: check the URL and the plan.")
        case .resultTooLarge: (.smallerRequest, "The answer would be too large: ask for fewer blocks at once.")
        case .requestTooLarge: (.smallerRequest, "The request is too large: split the batch or the list.")
        case .queryTimeout: (.otherNode, "The node gave up: ask another, or ask for less.")
        case .syncing: (.otherNode, "The node is still syncing: use another until it is done.")
        case .unavailable: (.otherNode, "The service cannot answer now: use another node.")
        case .methodNotFound: (.otherNode, "This node does not offer the method: enable it, or use another node.")
        case .unsupported: (.otherNode, "This node does not do that: use another node.")
        case .invalidParams: (.never, "The node refuses the parameters: the request must change.")
        case .invalidRequest:
            (.never, "The node does not understand the request: something between changes it, or it is not JSON-RPC.")
        case .internalError: (.otherNode, "The node failed and does not say why: its log may.")
        case .unknown: (.otherNode, "An error that no table knows: read the text.")
        }
    }
}
