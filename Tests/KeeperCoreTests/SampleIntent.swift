import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTransactions

/// What a keeper of these tests wishes.
enum SampleIntent {
    static func intent(
        target: String = "all", epoch: UInt64 = 3_600, fee: Wei = .gwei(10), priority: Wei = .gwei(1), gasLimit: Gas = 100_000,
        maxAttempts: Int = 2
    ) -> TransactionIntent {
        TransactionIntent(
            id: IntentID(keeper: "test", target: target, epoch: epoch), to: FakeChain.emitters[0], data: Bytes([1, 2, 3, 4]),
            gasLimit: gasLimit, gasExpected: 80_000, fees: FeeCaps(maxFeePerGas: fee, maxPriorityFeePerGas: priority),
            baseFeePerGas: .gwei(5),
            effects: zip(["eth", "btc"], FakeChain.emitters).map {
                ExpectedEffect(name: $0, address: $1, topic: FakeChain.topic)
            }, deadline: 9_999_999_999, maxAttempts: maxAttempts)
    }
}
