import KeeperTransactions
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTesting

@testable import KeeperCore

/// An executor with a real key before a fake chain.
struct LiveFixture {
    let chain = FakeChain()
    let node: ScriptedTransport
    let executor: LiveExecutor
    let signer: LocalSigner

    static let policy = SpendingPolicy(
        maxFeePerGas: .gwei(30), maxGasLimit: 500_000, maxSpendPerTransaction: .gwei(3_000_000),
        maxSpendPerDay: .gwei(100_000_000),
        bumpAfterBlocks: 3, confirmations: 10)

    init(policy: SpendingPolicy = policy) throws {
        node = chain.transport
        signer = LocalSigner(try PrivateKey([UInt8](repeating: 7, count: 32)))
        executor = LiveExecutor(
            provider: Provider(node), signer: signer, chainID: 1337, policy: policy, journal: try Journal(path: chain.journalPath)
        )
    }

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

    func execute(_ intent: TransactionIntent = intent(), at number: UInt64) async -> Outcome {
        await executor.execute(.transact(intent), at: FakeChain.head(number))
    }

    func settle(at number: UInt64) async -> [Outcome] { await executor.settle(at: FakeChain.head(number)) }

    /// One head as a runner goes through it: what is in flight first, then what the keeper wants.
    func tick(_ intent: TransactionIntent = intent(), at number: UInt64) async -> Outcome {
        let settled = await settle(at: number).last
        let outcome = await execute(intent, at: number)
        if case .broadcast? = settled { return settled ?? outcome }
        return outcome
    }

    /// Sends the standard intent at a height and returns its hash.
    func send(at number: UInt64) async -> TransactionHash? {
        guard case .broadcast(_, _, let hash, _) = await tick(at: number) else { return nil }
        return hash
    }
}
