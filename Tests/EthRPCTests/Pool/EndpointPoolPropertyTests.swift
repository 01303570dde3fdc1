import EthPrimitives
import TestSupport
import Testing

@testable import EthRPC

/// Random nodes, random events, random times: what must hold, holds after each of them.
@Suite("The pool's state under random events")
struct EndpointPoolPropertyTests {
    /// What the events said, kept beside the pool.
    private struct Model {
        var retryUntil: [Duration]
        var evicted: Set<Int> = []
        var inFlight: [Int] = []
    }

    @Test(
        "no node is chosen on another chain, before its time or when excluded, and one is chosen while any is left",
        arguments: 1...60)
    func invariants(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        let count = Int.random(in: 1...4, using: &random)
        var pool = EndpointPool(
            (0..<count).map { ("node\($0)", Bool.random(using: &random) ? UInt64.random(in: 10...500, using: &random) : nil) },
            chainID: 1)
        var model = Model(retryUntil: Array(repeating: .zero, count: count))
        var now = Duration.zero
        var choices = 0
        for _ in 0..<400 {
            now += .milliseconds(Int.random(in: 0...3000, using: &random))
            if Int.random(in: 0..<3, using: &random) == 0, let place = model.inFlight.indices.randomElement(using: &random) {
                end(model.inFlight.remove(at: place), &pool, &model, now, &random)
                continue
            }
            let index = Int.random(in: 0..<count, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0 where Int.random(in: 0..<20, using: &random) == 0:
                _ = pool.identified(index, as: 7)
                if pool.evicted(index) == 7 { model.evicted.insert(index) }
            case 0: _ = pool.identified(index, as: 1)
            case 1: _ = pool.discredited(index, "odd", at: now)
            case 2, 3:
                let number = UInt64.random(in: 90...110, using: &random)
                _ = pool.saw(index, HeadSighting(number: number, hash: Keccak256.hash([UInt8(number)])), at: now)
            default:
                choices += choose(&pool, &model, now, &random)
            }
            let report = pool.report(at: now)
            #expect(report.map(\.inFlight) == (0..<count).map { one in model.inFlight.count { $0 == one } })
        }
        #expect(choices > 50)
    }

    private func end(
        _ index: Int, _ pool: inout EndpointPool, _ model: inout Model, _ now: Duration, _ random: inout SeededRandom
    ) {
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            let pause = Duration.seconds(Int.random(in: 0...400, using: &random))
            _ = pool.failed(index, .init("429", retryAfter: pause), at: now, random: random.next())
            model.retryUntil[index] = max(model.retryUntil[index], now + min(pause, .seconds(300)))
        case 1, 2: _ = pool.failed(index, .init("broken"), at: now, random: random.next())
        case 3: pool.cancelled(index)
        default: _ = pool.answered(index, in: .milliseconds(20), at: now)
        }
    }

    private func choose(_ pool: inout EndpointPool, _ model: inout Model, _ now: Duration, _ random: inout SeededRandom) -> Int {
        let all = Set(model.retryUntil.indices)
        let excluded = all.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
        let left = all.subtracting(excluded).subtracting(model.evicted)
        let cost = UInt64.random(in: 0...400, using: &random)
        let deadline = now + .seconds(Int.random(in: 0...400, using: &random))
        let needs: [EndpointPool.Need] = [.any, .newest, .block(number: 100, hash: Keccak256.hash([100]))]
        let before = pool
        let free = left.filter { before.endpoints[$0].free(for: cost, at: now) <= now }
        let usable = free.filter { before.endpoints[$0].coolUntil <= now }
        switch pool.begin(cost, needs.randomElement(using: &random) ?? .any, besides: excluded, at: now, until: deadline) {
        case .go(let index):
            #expect(left.contains(index), "neither excluded nor on another chain")
            #expect(model.retryUntil[index] <= now, "not during its Retry-After")
            #expect(free.contains(index), "not before its rate limit and backoff allow it")
            #expect(usable.isEmpty || usable.contains(index), "no pausing node while there is another")
            model.inFlight.append(index)
        case .wait(let moment):
            #expect(usable.isEmpty && moment > now && moment <= deadline)
            #expect(left.contains { before.endpoints[$0].free(for: cost, at: now) == moment })
        case .tooLate:
            #expect(!left.isEmpty && left.allSatisfy { before.endpoints[$0].free(for: cost, at: now) > deadline })
        case .nobody: #expect(left.isEmpty)
        }
        if !left.isEmpty {
            var patient = before
            let start = patient.begin(cost, besides: excluded, at: now, until: .seconds(1 << 40))
            #expect(start != .nobody && start != .tooLate, "with time enough there is always somebody")
            #expect(before.preferred(.any, besides: excluded, at: now).map(left.contains) == true)
        }
        return 1
    }
}
