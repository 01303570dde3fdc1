internal import EthCrypto
public import EthPrimitives

/// The rules for a transaction that neither a block nor the state is needed for: those of a chain and a fork.
///
/// What remains is the state's to say: nonce, balance, that the sender is no contract; and the block's: base fee, room.
public struct StatelessRules: Sendable, Hashable {
    /// The longest init code (EIP-3860, MAX_INITCODE_SIZE), from Shanghai.
    public static let maximumInitCode = 49_152
    /// The only version byte of a blob's hash (EIP-4844, VERSIONED_HASH_VERSION_KZG).
    public static let blobVersion: UInt8 = 1

    public var chainID: ChainID
    public var fork: Fork

    public init(chainID: ChainID, fork: Fork) {
        self.chainID = chainID
        self.fork = fork
    }

    /// The most blobs of one transaction: what a block has room for (EIP-4844, EIP-7691), from Osaka 6 (EIP-7594).
    public var maximumBlobs: Int { Self.maximumBlobs(fork) }

    /// The same of any fork.
    public static func maximumBlobs(_ fork: Fork) -> Int { fork == .prague ? 9 : 6 }

    /// Checks a signed transaction.
    /// - Returns: the account that signed.
    /// - Throws: `StatelessError`, the first rule that does not hold.
    @discardableResult
    public func check(_ envelope: TransactionEnvelope) throws(StatelessError) -> Address {
        try check(envelope.unsigned)
        if fork >= .homestead, !envelope.signature.isLowS { throw .highS }
        do throws(CryptoError) { return try envelope.sender() } catch { throw .signature(error) }
    }

    /// Checks a transaction before it is signed.
    /// - Throws: `StatelessError`, the first rule that does not hold.
    public func check(_ unsigned: UnsignedTransaction) throws(StatelessError) {
        guard fork >= unsigned.type.firstFork else { throw .typeNotYet(unsigned.type, fork: fork) }
        if let bound = unsigned.chainID {
            guard fork >= .eip158 else { throw .replayProtectionNotYet(fork: fork) }
            guard bound == chainID else { throw .wrongChain(expected: chainID, actual: bound) }
        }
        let transaction = unsigned.transaction
        guard transaction.nonce < .max else { throw .nonceTooLarge }
        try checkGas(unsigned, transaction)
        switch unsigned {
        case .blob(let blob): try checkBlobs(blob.blobVersionedHashes)
        case .setCode(let setCode): if setCode.authorizationList.isEmpty { throw .noAuthorizations }
        case .legacy, .accessList, .feeMarket: break
        }
    }

    private func checkGas(_ unsigned: UnsignedTransaction, _ transaction: any SignableTransaction) throws(StatelessError) {
        if transaction.recipient == nil, fork >= .shanghai, transaction.data.count > Self.maximumInitCode {
            throw .initCodeTooLong(bytes: transaction.data.count, maximum: Self.maximumInitCode)
        }
        let needed = IntrinsicGas(unsigned, fork: fork).minimumLimit
        guard transaction.gasLimit >= needed else {
            throw .intrinsicGasTooLow(needed: needed, limit: transaction.gasLimit)
        }
        if fork >= .osaka, transaction.gasLimit > GasLimit.protocolCap {
            throw .gasLimitTooHigh(limit: transaction.gasLimit, maximum: GasLimit.protocolCap)
        }
        guard unsigned.maximumFee != nil else { throw .feeOverflow }
        guard unsigned.fees.maxPriorityFeePerGas <= unsigned.fees.maxFeePerGas else { throw .priorityFeeAboveMaximum }
    }

    private func checkBlobs(_ hashes: [B256]) throws(StatelessError) {
        guard !hashes.isEmpty else { throw .noBlobs }
        guard hashes.count <= maximumBlobs else { throw .tooManyBlobs(count: hashes.count, maximum: maximumBlobs) }
        for hash in hashes where hash[0] != Self.blobVersion { throw .wrongBlobVersion(hash[0]) }
    }
}
