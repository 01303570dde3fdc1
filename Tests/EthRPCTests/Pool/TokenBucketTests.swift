import Testing

@testable import EthRPC

@Suite("Rate limits in compute units")
struct TokenBucketTests {
    @Test("a second's worth goes at once, the rest at the rate")
    func burst() {
        var bucket = TokenBucket(rate: 100)
        for _ in 0..<5 {
            #expect(bucket.free(for: 20, at: .zero) == .zero)
            bucket.take(20, at: .zero)
        }
        #expect(bucket.free(for: 20, at: .zero) == .milliseconds(200))
        #expect(bucket.free(for: 20, at: .milliseconds(150)) == .milliseconds(200))
        #expect(bucket.free(for: 20, at: .milliseconds(300)) == .milliseconds(300))
    }

    @Test("what was not used is not saved up beyond a second's worth")
    func idle() {
        var bucket = TokenBucket(rate: 100)
        bucket.take(100, at: .seconds(50))
        #expect(bucket.free(for: 1, at: .seconds(50)) == .seconds(50) + .milliseconds(10))
    }

    @Test("a request that costs more than a second's worth waits for a full bucket and leaves it in debt")
    func debt() {
        var bucket = TokenBucket(rate: 100)
        #expect(bucket.free(for: 250, at: .zero) == .zero)
        bucket.take(250, at: .zero)
        #expect(bucket.free(for: 100, at: .zero) == .milliseconds(2500))
        #expect(bucket.free(for: 250, at: .zero) == .milliseconds(2500))
        #expect(bucket.free(for: 10, at: .zero) == .milliseconds(1600))
    }

    @Test(
        "over any span no more than the rate goes through, and one second's worth on top",
        arguments: [1, 20, 60, 333] as [UInt64])
    func rate(cost: UInt64) {
        var bucket = TokenBucket(rate: 330)
        var now = Duration.zero
        var spent: UInt64 = 0
        for _ in 0..<500 {
            now = bucket.free(for: cost, at: now)
            bucket.take(cost, at: now)
            spent += cost
            #expect(Duration.seconds(Int64(spent)) / 330 <= now + .seconds(1) + .seconds(Int64(cost)) / 330)
        }
        #expect(Duration.seconds(Int64(spent)) / 330 >= now, "the whole rate is used")
    }

    @Test("costs come from the table, and a batch costs what its requests do")
    func costs() {
        #expect(RequestCost.of("eth_chainId") == 0 && RequestCost.of("eth_getLogs") == 60 && RequestCost.of("eth_whatever") == 20)
        let batch = ["eth_call", "eth_call", "eth_getBalance"].map { RPCRequest(method: $0) }
        #expect(RequestCost.of(batch) == 26 + 26 + 20)
    }
}
