import EthPrimitives
import Testing

@testable import EthRPC

@Suite("The pool's state: every transition")
struct EndpointPoolTests {
    private static let ms = Duration.milliseconds(1)
    private var pool = EndpointPool([("own", nil), ("hosted", 100), ("third", nil)], chainID: 1)

    private mutating func go(_ need: EndpointPool.Need = .any, besides: Set<Int> = [], at now: Duration = .zero) -> Int? {
        guard case .go(let index) = pool.begin(20, need, besides: besides, at: now, until: now + .seconds(10)) else { return nil }
        return index
    }

    private mutating func fail(_ index: Int, _ times: Int = 1, at now: Duration = .zero, retryAfter: Duration? = nil)
        -> [PoolNotice]
    {
        (0..<times).flatMap { _ in
            pool.charge(0, index, at: now)
            return pool.failed(index, .init("broken", retryAfter: retryAfter), at: now, random: .max)
        }
    }

    @Test("the order of the configuration is that of preference")
    mutating func order() {
        #expect(go() == 0)
        #expect(go(besides: [0]) == 1 && go(besides: [0, 1]) == 2)
        #expect(pool.begin(20, besides: [0, 1, 2], at: .zero, until: .seconds(1)) == .nobody)
    }

    @Test("a failure makes the next node the first, until its backoff is over; then it comes after the healthy ones")
    mutating func backoff() {
        #expect(fail(0).isEmpty)
        #expect(go() == 1 && go(at: .milliseconds(99)) == 1 && go(at: .milliseconds(101)) == 1)
        #expect(go(besides: [1, 2], at: .milliseconds(101)) == 0, "it may be asked again")
        #expect(pool.begin(1, besides: [1, 2], at: .milliseconds(50), until: .seconds(1)) != .go(0))
        _ = pool.answered(0, in: Self.ms, at: .milliseconds(200))
        #expect(go(at: .milliseconds(201)) == 0, "an answer clears it")
    }

    @Test("three failures in a row: passed over for a minute, told once; an answer after that recovers it")
    mutating func coolDown() {
        #expect(fail(0, 2).isEmpty)
        #expect(fail(0) == [.cooling(endpoint: "own", reason: "broken")])
        #expect(fail(0, at: .seconds(1)).isEmpty, "told once")
        #expect(go(at: .seconds(30)) == 1 && go(at: .seconds(60)) == 1)
        #expect(go(at: .seconds(62)) == 1, "after those without failures")
        #expect(go(besides: [1, 2], at: .seconds(62)) == 0)
        #expect(pool.answered(0, in: Self.ms, at: .seconds(63)) == [.recovered(endpoint: "own")])
        #expect(go(at: .seconds(64)) == 0)
        #expect(fail(0, 2, at: .seconds(70)).isEmpty, "the count begins anew")
    }

    @Test("one failure after a cool-down is enough for the next")
    mutating func relapse() {
        _ = fail(0, 3)
        _ = fail(0, at: .seconds(100))
        #expect(pool.report(at: .seconds(101))[0].state == .cooling(until: .seconds(160)))
    }

    @Test("when all are passed over, the one whose pause ends first is asked at once: the last node is never dropped")
    mutating func lastOne() {
        _ = fail(2, 3)
        _ = fail(1, 3, at: .seconds(10))
        _ = fail(0, 3, at: .seconds(20))
        #expect(go(at: .seconds(25)) == 2)
        #expect(go(besides: [2], at: .seconds(25)) == 1)
        var alone = EndpointPool([("own", nil)], chainID: nil)
        for _ in 0..<50 {
            alone.charge(0, 0, at: .zero)
            _ = alone.failed(0, .init("broken"), at: .zero, random: .max)
        }
        #expect(alone.begin(20, at: .seconds(3), until: .seconds(4)) == .go(0))
    }

    @Test("Retry-After is honoured to its end, whatever the deadline")
    mutating func retryAfter() {
        _ = fail(0, retryAfter: .seconds(30))
        #expect(go(at: .seconds(29)) == 1)
        #expect(pool.begin(20, besides: [1, 2], at: .seconds(1), until: .seconds(10)) == .tooLate)
        #expect(pool.begin(20, besides: [1, 2], at: .seconds(25), until: .seconds(35)) == .wait(.seconds(30)))
        #expect(pool.begin(20, besides: [1, 2], at: .seconds(30), until: .seconds(35)) == .go(0))
    }

    @Test("a Retry-After beyond five minutes is not believed")
    mutating func absurdRetryAfter() {
        _ = fail(0, retryAfter: .seconds(1_000_000))
        #expect(go(besides: [1, 2], at: .seconds(300)) == 0)
    }

    @Test("a node at its rate limit gives way, and is waited for when it is the only one")
    mutating func rateLimit() {
        for _ in 0..<5 { #expect(go(besides: [0, 2]) == 1) }
        #expect(go(besides: [0]) == 2, "the next one is free")
        #expect(pool.begin(20, besides: [0, 2], at: .zero, until: .seconds(1)) == .wait(.milliseconds(200)))
        #expect(pool.begin(20, besides: [0, 2], at: .zero, until: .milliseconds(100)) == .tooLate)
        #expect(go(besides: [0, 2], at: .milliseconds(200)) == 1)
    }

    @Test("another chain: evicted for good, by name")
    mutating func eviction() {
        #expect(pool.mustIdentify(0))
        #expect(pool.identified(0, as: 5) == [.evicted(endpoint: "own", chain: 5, expected: 1)])
        #expect(pool.identified(1, as: 1).isEmpty && !pool.mustIdentify(1))
        #expect(go() == 1 && pool.members == [1, 2] && pool.evicted(0) == 5)
        #expect(pool.identified(0, as: 1).isEmpty && pool.evicted(0) == 5, "it does not come back")
        _ = pool.identified(1, as: 2)
        _ = pool.identified(2, as: 2)
        #expect(pool.begin(20, at: .zero, until: .seconds(1)) == .nobody, "not even the last one")
        #expect(pool.begin(20, at: 0, at: .zero, until: .seconds(1)) == .nobody)
    }

    @Test("after trouble the chain is asked again")
    mutating func identifyAgain() {
        _ = pool.identified(0, as: 1)
        _ = fail(0, 3)
        #expect(pool.mustIdentify(0))
    }

    @Test("a discredited node is passed over at once, and used when there is no other")
    mutating func discredited() {
        #expect(pool.discredited(0, "two headers", at: .zero) == [.cooling(endpoint: "own", reason: "two headers")])
        #expect(go() == 1 && go(besides: [1, 2]) == 0 && go(at: .seconds(60)) == 0)
    }

    @Test("what was given up teaches nothing")
    mutating func cancelled() {
        #expect(go() == 0)
        pool.cancelled(0)
        #expect(pool.report(at: .zero)[0].inFlight == 0 && pool.report(at: .zero)[0].exchanges == 0 && go() == 0)
    }

    private static func head(_ number: UInt64, _ branch: UInt8 = 0) -> HeadSighting {
        HeadSighting(number: number, hash: Keccak256.hash([branch, UInt8(number)]), timestamp: number * 12)
    }

    @Test("reads of the newest state go to a node at the best head")
    mutating func newest() {
        #expect(go(.newest) == 0, "nothing known: the order")
        _ = pool.saw(1, Self.head(11), at: .zero)
        _ = pool.saw(0, Self.head(10), at: .zero)
        #expect(go(.newest) == 1 && go(.any) == 0)
        #expect(go(.newest, besides: [1]) == 2, "not asked yet is better than behind")
        _ = pool.saw(0, Self.head(11), at: .zero)
        #expect(go(.newest) == 0)
    }

    @Test("reads of a block go to a node that has it")
    mutating func block() {
        let wanted = Self.head(10)
        let need = EndpointPool.Need.block(number: 10, hash: wanted.hash ?? B256())
        _ = pool.saw(0, Self.head(10, 1), at: .zero)
        _ = pool.saw(1, Self.head(9), at: .zero)
        _ = pool.saw(2, wanted, at: .zero)
        #expect(pool.preferred(need, at: .zero) == 2)
        #expect(pool.preferred(need, besides: [2], at: .zero) == 0, "another branch and behind are as good: the order")
        _ = pool.saw(1, Self.head(12), at: .zero)
        #expect(pool.preferred(need, besides: [2], at: .zero) == 1)
    }

    @Test("lag, its end, and a head that goes back are told once each")
    mutating func heads() {
        #expect(pool.saw(0, Self.head(100), at: .zero).isEmpty)
        #expect(pool.saw(1, Self.head(96), at: .zero).isEmpty, "four blocks are tolerable")
        #expect(
            pool.saw(1, Self.head(95), at: .zero) == [
                .wentBackwards(endpoint: "hosted", from: 96, to: 95), .lagging(endpoint: "hosted", blocks: 5),
            ])
        #expect(pool.saw(1, Self.head(95), at: .zero).isEmpty)
        #expect(pool.saw(1, Self.head(100), at: .zero) == [.caughtUp(endpoint: "hosted")])
        let report = pool.report(at: .zero)[1]
        #expect(report.setbacks == 1 && report.lag == 0 && report.head == Self.head(100))
        pool.sawFinalized(1, 36)
        #expect(pool.report(at: .zero)[1].finalized == 36)
    }

    @Test("of three nodes, one that is far ahead of the others is not followed")
    mutating func ahead() {
        _ = pool.saw(0, Self.head(100), at: .zero)
        _ = pool.saw(1, Self.head(101), at: .zero)
        _ = pool.saw(2, Self.head(107), at: .zero)
        #expect(pool.bestHead(at: .zero) == 101)
        _ = pool.saw(2, Self.head(106), at: .zero)
        #expect(pool.bestHead(at: .zero) == 106, "five blocks ahead is believed")
        _ = pool.identified(2, as: 9)
        #expect(pool.bestHead(at: .zero) == 101, "and nothing of an evicted node")
    }

    @Test("a survey asks the preferred node, those not heard of for a while, and everybody when a head is late")
    mutating func survey() {
        #expect(pool.survey(everybody: false, at: .zero) == [0, 1, 2], "nobody was heard of")
        for index in 0..<3 { _ = pool.saw(index, Self.head(10), at: .zero) }
        #expect(pool.survey(everybody: false, at: .seconds(1)) == [0])
        _ = pool.saw(0, Self.head(12), at: .seconds(30))
        #expect(pool.survey(everybody: false, at: .seconds(60)) == [0, 1, 2])
        #expect(pool.survey(everybody: true, at: .seconds(1)) == [0, 1, 2])
        _ = pool.identified(1, as: 9)
        #expect(pool.survey(everybody: true, at: .seconds(1)) == [0, 2])
    }
}
