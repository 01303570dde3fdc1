public import EthPrimitives
public import EthTransactions

/// Why there is no result at all: nothing was executed, or not to the end.
public enum EVMError: Error, Hashable, Sendable {
    /// A precompiled contract that is not built in was called: pairing and curve arithmetic on BN254, KZG, BLS12-381, P-256. A node
    /// has to answer.
    case unsupportedPrecompile(Address)
    /// The rules of this fork are not here.
    case unsupportedFork(Fork)
    /// No block could hold the transaction.
    case invalidTransaction(InvalidTransaction)
    /// The frames of one transaction would need more memory than `EVMLimits.memory` together. No gas limit of a real block allows it.
    case memoryLimit
}

/// Why no block can hold a transaction.
public enum InvalidTransaction: Error, Hashable, Sendable {
    case nonceTooLow(state: Nonce), nonceTooHigh(state: Nonce), nonceAtLimit
    case insufficientFunds(needed: UInt256?, has: Wei)
    case gasLimitTooLow(needed: Gas), gasLimitAboveBlock(Gas), gasLimitAboveTransactionCap(Gas)
    case feeCapBelowBaseFee(Wei), priorityFeeAboveFeeCap
    case senderHasCode
    case initCodeTooLarge(Int)
    case noBlobs, blobCreatesContract, blobVersion, tooManyBlobs(Int), blobFeeCapTooLow(Wei)
    case noAuthorizations, authorizationsCreateContract
    /// A kind of transaction that the fork does not know yet.
    case typeNotSupported
}

extension InvalidTransaction: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nonceTooLow(let state): "nonce too low: the account's is \(state)"
        case .nonceTooHigh(let state): "nonce too high: the account's is \(state)"
        case .nonceAtLimit: "the account's nonce is at its end"
        case .insufficientFunds(let needed, let has):
            "insufficient funds: \(needed.map { "\($0)" } ?? "more than 2^256") wei needed, \(has.rawValue) there"
        case .gasLimitTooLow(let needed): "gas limit too low: the data alone need \(needed)"
        case .gasLimitAboveBlock(let limit): "gas limit above the block's \(limit)"
        case .gasLimitAboveTransactionCap(let cap): "gas limit above the \(cap) of one transaction (EIP-7825)"
        case .feeCapBelowBaseFee(let base): "fee cap below the base fee of \(base.rawValue) wei"
        case .priorityFeeAboveFeeCap: "priority fee above the fee cap"
        case .senderHasCode: "the sender is a contract (EIP-3607)"
        case .initCodeTooLarge(let size): "initialisation code of \(size) bytes, at most 49152 (EIP-3860)"
        case .noBlobs: "a blob transaction without blobs"
        case .blobCreatesContract: "a blob transaction without a recipient"
        case .blobVersion: "a blob hash of an unknown version"
        case .tooManyBlobs(let count): "\(count) blobs are too many"
        case .blobFeeCapTooLow(let base): "blob fee cap below the blob base fee of \(base.rawValue) wei"
        case .noAuthorizations: "a set-code transaction without authorizations"
        case .authorizationsCreateContract: "a set-code transaction without a recipient"
        case .typeNotSupported: "a kind of transaction that this fork does not know"
        }
    }
}

extension EVMError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unsupportedPrecompile(let address): "precompiled contract \(address) is not built in"
        case .unsupportedFork(let fork): "the rules of \(fork) are not built in, only those from London on"
        case .invalidTransaction(let reason): "\(reason)"
        case .memoryLimit: "the calls need more memory than \(EVMLimits.memory >> 20) MiB"
        }
    }
}
