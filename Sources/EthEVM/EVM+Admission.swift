import EthPrimitives
import EthTransactions

/// Whether a block could hold a transaction, and what it costs there.
extension EVM {
    /// What a transaction pays.
    struct Price {
        /// Wei for a unit of gas.
        var perGas: UInt256
        /// Taken from the sender before it runs: all its gas, and its blobs.
        var upfront: UInt256
        var intrinsic: IntrinsicGas
    }

    func admit(_ transaction: EVMTransaction, _ checks: TransactionChecks) throws(InvalidTransaction) -> Price {
        let fork = environment.fork
        let intrinsic = IntrinsicGas(
            data: transaction.data, isCreation: transaction.recipient == nil, accessList: transaction.accessList,
            authorizationCount: transaction.authorizationList?.count ?? 0, fork: fork)
        guard transaction.gasLimit >= intrinsic.minimumLimit else { throw .gasLimitTooLow(needed: intrinsic.minimumLimit) }
        if checks.contains(.gasCaps) {
            guard transaction.gasLimit <= environment.gasLimit else { throw .gasLimitAboveBlock(environment.gasLimit) }
            guard fork < .osaka || transaction.gasLimit <= GasLimit.protocolCap else {
                throw .gasLimitAboveTransactionCap(GasLimit.protocolCap)
            }
        }
        if transaction.recipient == nil, fork >= .shanghai, transaction.data.count > StatelessRules.maximumInitCode {
            throw .initCodeTooLarge(transaction.data.count)
        }
        try admitBlobs(transaction, checks)
        if let list = transaction.authorizationList {
            guard fork >= .prague else { throw .typeNotSupported }
            guard !list.isEmpty else { throw .noAuthorizations }
            guard transaction.recipient != nil else { throw .authorizationsCreateContract }
        }
        let price = try self.price(transaction, checks)
        try admitSender(transaction, checks)
        return Price(perGas: price, upfront: try upfront(transaction, price, checks), intrinsic: intrinsic)
    }

    private func admitBlobs(_ transaction: EVMTransaction, _ checks: TransactionChecks) throws(InvalidTransaction) {
        guard let blobs = transaction.blobs else { return }
        guard environment.fork >= .cancun else { throw .typeNotSupported }
        guard transaction.recipient != nil else { throw .blobCreatesContract }
        guard !blobs.versionedHashes.isEmpty else { throw .noBlobs }
        guard blobs.versionedHashes.allSatisfy({ $0[0] == StatelessRules.blobVersion }) else { throw .blobVersion }
        guard blobs.versionedHashes.count <= StatelessRules.maximumBlobs(environment.fork) else {
            throw .tooManyBlobs(blobs.versionedHashes.count)
        }
        guard !checks.contains(.fees) || blobs.maxFeePerBlobGas >= environment.blobBaseFee else {
            throw .blobFeeCapTooLow(environment.blobBaseFee)
        }
    }

    /// Wei for a unit of gas (EIP-1559).
    private func price(_ transaction: EVMTransaction, _ checks: TransactionChecks) throws(InvalidTransaction) -> UInt256 {
        let fees = transaction.fees
        if checks.contains(.fees) {
            guard fees.maxPriorityFeePerGas <= fees.maxFeePerGas else { throw .priorityFeeAboveFeeCap }
            guard fees.maxFeePerGas >= environment.baseFeePerGas else { throw .feeCapBelowBaseFee(environment.baseFeePerGas) }
        }
        let (sum, overflow) = environment.baseFeePerGas.rawValue.addingReportingOverflow(fees.maxPriorityFeePerGas.rawValue)
        return overflow ? fees.maxFeePerGas.rawValue : min(sum, fees.maxFeePerGas.rawValue)
    }

    private func admitSender(_ transaction: EVMTransaction, _ checks: TransactionChecks) throws(InvalidTransaction) {
        let place = state.loaded(transaction.sender)
        let account = state.accounts[place]
        if checks.contains(.nonce), let nonce = transaction.nonce {
            if nonce < account.nonce { throw .nonceTooLow(state: account.nonce) }
            if nonce > account.nonce { throw .nonceTooHigh(state: account.nonce) }
        }
        guard account.nonce < .max else { throw .nonceAtLimit }
        if checks.contains(.codelessSender), !account.code.bytes.isEmpty {
            guard environment.fork >= .prague, account.code.delegate != nil else { throw .senderHasCode }
        }
    }

    /// What is taken before the run. The sender must have what it could cost at most.
    private func upfront(
        _ transaction: EVMTransaction, _ price: UInt256, _ checks: TransactionChecks
    ) throws(InvalidTransaction) -> UInt256 {
        guard checks.contains(.funds) else { return .zero }
        let balance = state.accounts[state.loaded(transaction.sender)].balance
        let blobGas = UInt256(Gas(transaction.blobs?.versionedHashes.count ?? 0) * BlobTransaction.gasPerBlob)
        let most = Self.cost(transaction.fees.maxFeePerGas.rawValue, transaction.gasLimit)
        let blobsMost = (transaction.blobs?.maxFeePerBlobGas.rawValue ?? .zero).multipliedReportingOverflow(by: blobGas)
        let needed = Self.sum(
            most, blobsMost.overflow ? nil : blobsMost.partialValue, transaction.value.rawValue)
        guard let needed, needed <= balance else { throw .insufficientFunds(needed: needed, has: Wei(balance)) }
        // Neither price is above its cap, so that these fit as well; without the check of fees the blobs' price is the cap.
        let blobPrice = min(environment.blobBaseFee.rawValue, transaction.blobs?.maxFeePerBlobGas.rawValue ?? .zero)
        return price &* UInt256(transaction.gasLimit) &+ blobPrice &* blobGas
    }

    private static func cost(_ price: UInt256, _ gas: Gas) -> UInt256? {
        let (product, overflow) = price.multipliedReportingOverflow(by: UInt256(gas))
        return overflow ? nil : product
    }

    private static func sum(_ numbers: UInt256?...) -> UInt256? {
        var sum = UInt256.zero
        for number in numbers {
            guard let number else { return nil }
            let (next, overflow) = sum.addingReportingOverflow(number)
            guard !overflow else { return nil }
            sum = next
        }
        return sum
    }
}
