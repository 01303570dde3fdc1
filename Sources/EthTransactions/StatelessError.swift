public import EthCrypto
public import EthPrimitives

/// Why no block of a chain under certain rules may hold a transaction, whatever the state.
public enum StatelessError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The fork does not know the type yet (EIP-2718).
    case typeNotYet(TransactionType, fork: Fork)
    /// The fork does not know signatures bound to a chain yet (EIP-155).
    case replayProtectionNotYet(fork: Fork)
    /// The signature is bound to another chain (EIP-155).
    case wrongChain(expected: ChainID, actual: ChainID)
    /// A nonce is below 2⁶⁴ − 1 (EIP-2681).
    case nonceTooLarge
    /// The limit does not pay for what the transaction costs before its first instruction, or for the floor of EIP-7623.
    case intrinsicGasTooLow(needed: Gas, limit: Gas)
    /// EIP-7825.
    case gasLimitTooHigh(limit: Gas, maximum: Gas)
    /// Gas limit times price exceeds 256 bits.
    case feeOverflow
    /// The priority fee exceeds the fee that contains it (EIP-1559).
    case priorityFeeAboveMaximum
    /// EIP-3860.
    case initCodeTooLong(bytes: Int, maximum: Int)
    /// EIP-4844: at least one blob.
    case noBlobs
    case tooManyBlobs(count: Int, maximum: Int)
    /// EIP-4844: the only version is 1.
    case wrongBlobVersion(UInt8)
    /// EIP-7702: at least one authorization.
    case noAuthorizations
    /// `s` is above n/2 (EIP-2).
    case highS
    /// No account made the signature.
    case signature(CryptoError)

    public var description: String {
        switch self {
        case .typeNotYet(let type, let fork): "transactions of type \(type.rawValue) are not known in \(fork)"
        case .replayProtectionNotYet(let fork): "signatures bound to a chain are not known in \(fork)"
        case .wrongChain(let expected, let actual): "the transaction is for chain \(actual), expected chain \(expected)"
        case .nonceTooLarge: "the nonce is not below 2^64 - 1"
        case .intrinsicGasTooLow(let needed, let limit): "the gas limit is \(limit), the transaction costs at least \(needed)"
        case .gasLimitTooHigh(let limit, let maximum): "the gas limit is \(limit), more than the maximum of \(maximum)"
        case .feeOverflow: "gas limit times price exceeds 256 bits"
        case .priorityFeeAboveMaximum: "maxPriorityFeePerGas exceeds maxFeePerGas"
        case .initCodeTooLong(let bytes, let maximum): "the init code has \(bytes) bytes, more than the maximum of \(maximum)"
        case .noBlobs: "a blob transaction has at least one blob"
        case .tooManyBlobs(let count, let maximum): "the transaction has \(count) blobs, more than the maximum of \(maximum)"
        case .wrongBlobVersion(let version): "unknown version \(version) of a blob hash, expected 1"
        case .noAuthorizations: "a transaction of type 4 has at least one authorization"
        case .highS: "the signature's s is in the upper half of the order"
        case .signature(let error): "\(error)"
        }
    }
}
