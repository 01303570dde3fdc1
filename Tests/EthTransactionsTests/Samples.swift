import EthCrypto
import EthPrimitives
import EthTransactions

/// A transaction of each kind, which every fork that knows the kind admits on chain 1.
enum Samples {
    static let key: PrivateKey = {
        do { return try PrivateKey([UInt8](repeating: 0x46, count: 32)) } catch { preconditionFailure("\(error)") }
    }()
    static let to = Address(lowBytesOf: B256([UInt8](repeating: 0x35, count: 32)) ?? B256())
    static let slots: AccessList = [.init(address: to, storageKeys: [B256(), B256()]), .init(address: .zero)]
    static let blobHash: B256 = {
        var hash = B256()
        hash[0] = 1
        hash[31] = 9
        return hash
    }()

    static let legacy = LegacyTransaction(
        chainID: 1, nonce: 9, gasPrice: .gwei(20), gasLimit: 100_000, to: to, value: .ether(1), data: [1, 0, 2])
    static let accessList = AccessListTransaction(
        chainID: 1, nonce: 0, gasPrice: .gwei(1), gasLimit: 100_000, to: nil, data: [0x60], accessList: slots)
    static let feeMarket = FeeMarketTransaction(
        chainID: 1, nonce: 1 << 40, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(2), gasLimit: 100_000, to: to,
        data: [UInt8](repeating: 7, count: 100), accessList: slots)
    static let blob = BlobTransaction(
        chainID: 1, nonce: 2, maxPriorityFeePerGas: .zero, maxFeePerGas: .gwei(2), gasLimit: 100_000, to: to, accessList: slots,
        maxFeePerBlobGas: Wei(5), blobVersionedHashes: [blobHash, blobHash])
    static let tuple = SignedAuthorization(
        Authorization(chainID: 1, address: to, nonce: 3), yParity: 1, r: 0x1234, s: 0x5678)
    static let setCode = SetCodeTransaction(
        chainID: 1, nonce: 3, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(2), gasLimit: 200_000, to: to, data: [1],
        accessList: slots, authorizationList: [tuple, tuple])

    static let all: [UnsignedTransaction] = [
        .legacy(legacy), .accessList(accessList), .feeMarket(feeMarket), .blob(blob), .setCode(setCode),
    ]
}
