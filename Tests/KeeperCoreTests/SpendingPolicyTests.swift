import KeeperTransactions
import EthPrimitives
import EthTransactions
import Testing

@testable import KeeperCore

@Suite("Spending policy")
struct SpendingPolicyTests {
    /// Everything exactly at its cap: 100,000 gas at 10 gwei reserve 1,000,000 gwei.
    private let policy = SpendingPolicy(
        maxFeePerGas: .gwei(10), maxGasLimit: 100_000, maxSpendPerTransaction: .gwei(1_000_000), maxSpendPerDay: .gwei(3_000_000),
        bumpAfterBlocks: 3, confirmations: 10)
    private let intent = SampleIntent.intent()

    @Test("what is exactly at every cap is allowed")
    func atTheCaps() { #expect(policy.refusal(of: intent, spentToday: .gwei(2_000_000)) == nil) }

    @Test("one wei above the fee cap is refused")
    func fee() {
        var intent = intent
        intent.fees.maxFeePerGas += Wei(1)
        #expect(policy.refusal(of: intent, spentToday: .zero)?.hasPrefix("maxFeePerGas") == true)
    }

    @Test("one gas above the limit is refused")
    func gas() {
        var intent = intent
        intent.gasLimit += 1
        #expect(policy.refusal(of: intent, spentToday: .zero) == "the gas limit 100001 is above the cap of 100000")
    }

    @Test("a reserve above the cap for one transaction is refused, though fee and gas are allowed")
    func transaction() {
        var policy = policy
        policy.maxSpendPerTransaction = .gwei(1_000_000) - Wei(1)
        #expect(policy.refusal(of: intent, spentToday: .zero)?.contains("maxSpendPerTransaction") == true)
    }

    @Test("one wei above the day's spending is refused")
    func day() {
        #expect(policy.refusal(of: intent, spentToday: .gwei(2_000_000) + Wei(1))?.contains("maxSpendPerDay") == true)
    }

    @Test("each refusal names the value and the cap")
    func words() {
        var intent = intent
        intent.fees.maxFeePerGas = .gwei(11)
        #expect(policy.refusal(of: intent, spentToday: .zero) == "maxFeePerGas 11 gwei is above the cap of 10 gwei")
    }

    @Test("the expected cost is at the base fee plus tip, never above the cap")
    func expectedCost() {
        #expect(intent.reserved == .gwei(1_000_000))
        #expect(intent.expectedCost == .gwei(480_000))
        var dear = intent
        dear.baseFeePerGas = .gwei(50)
        #expect(dear.expectedCost == .gwei(800_000))
    }
}
