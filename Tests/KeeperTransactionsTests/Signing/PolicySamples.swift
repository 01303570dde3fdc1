import EthCrypto
import EthPrimitives
import EthTransactions
import KeeperTransactions

/// A policy, and transactions that it admits.
enum PolicySamples {
    static let account = Address(lowBytesOf: Keccak256.hash([1]))
    static let contract = Address(lowBytesOf: Keccak256.hash([2]))
    static let other = Address(lowBytesOf: Keccak256.hash([3]))
    static let stranger = Address(lowBytesOf: Keccak256.hash([4]))
    static let poke = selector(0x18, 0x17, 0x83, 0x58)
    static let aggregate = selector(0x82, 0xad, 0x56, 0xcb)
    static let bound: [Nonce] = [7, 9]

    static let policy = SigningPolicy(
        chainID: 1, contracts: [contract: [poke], other: [poke, aggregate]], maxFeePerGas: .gwei(60), maxGasLimit: 1_500_000,
        maxSpendPerTransaction: Wei(50_000_000_000_000_000))

    static let call = FeeMarketTransaction(
        chainID: 1, nonce: 12, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(30), gasLimit: 500_000, to: contract,
        data: poke.bytes + [1, 2, 3])
    static let cancel = FeeMarketTransaction(
        chainID: 1, nonce: 9, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(30), gasLimit: 21_000, to: account)

    static func selector(_ bytes: UInt8...) -> Selector {
        guard let selector = Selector(bytes) else { preconditionFailure("four bytes") }
        return selector
    }

    /// Why the policy does not admit a transaction; `nil` if it does.
    static func refusal(
        _ transaction: UnsignedTransaction, bound: [Nonce] = bound, by policy: SigningPolicy = policy
    ) -> SigningRefusal? {
        do throws(SigningRefusal) {
            try policy.check(SigningRequest(transaction, boundNonces: bound), by: account)
            return nil
        } catch { return error }
    }

    /// The same for a changed call.
    static func refusal(_ change: (inout FeeMarketTransaction) -> Void) -> SigningRefusal? {
        var transaction = call
        change(&transaction)
        return refusal(.feeMarket(transaction))
    }

    /// The same for a changed cancel.
    static func cancelRefusal(_ change: (inout FeeMarketTransaction) -> Void) -> SigningRefusal? {
        var transaction = cancel
        change(&transaction)
        return refusal(.feeMarket(transaction))
    }
}
