import EthPrimitives
import KeeperCore
import Testing

@testable import KeeperAlerts

/// What waits for one receiver, and when it is tried.
@Suite("The outbox of a receiver")
struct AlertLaneTests {
    private final class Ids {
        var count = 0
        func next() -> String {
            count += 1
            return "\(count)"
        }
    }

    private var lane = AlertLane()
    private let ids = Ids()

    private func notice(
        _ change: AlertNotice.Change, _ severity: Alert.Severity = .page, key: String = "k", incident: String = "1"
    ) -> AlertNotice {
        AlertNotice(
            change: change, key: key, incident: incident, sequence: 1, kind: .late, subject: "", severity: severity, summary: "",
            details: [], runbook: "", since: 0, at: 0, keeper: "", labels: [])
    }

    private mutating func take(_ notices: AlertNotice...) {
        for notice in notices { _ = lane.take(notice, minimum: .info, id: ids.next) }
    }

    private var gist: [String] { lane.waiting.map { "\($0.id) \($0.notice.change) \($0.notice.severity)" } }

    private mutating func tried(_ answer: AlertAnswer, at now: UInt64 = 0, random: Double = 0.5) throws {
        lane.clamp(now)
        let index = try #require(lane.due(now))
        lane.waiting[index].attempts += 1
        lane.finish(lane.waiting[index].id, answer, now, AlertBackoff(), random: random)
    }

    @Test("a rise that comes before the opening was tried is put into the opening")
    mutating func merged() {
        take(notice(.opened, .notify), notice(.escalated, .urgent), notice(.escalated, .page))
        #expect(gist == ["1 opened page"])
        #expect(lane.waiting[0].previous == nil)
    }

    @Test("an incident that is over before its opening was tried is not told at all")
    mutating func collapsed() {
        take(notice(.opened), notice(.resolved))
        #expect(gist.isEmpty && lane.told.isEmpty)
    }

    @Test("an opening that was tried, even in vain, is followed by the end, without rises that were not")
    mutating func tried() throws {
        take(notice(.opened, .urgent))
        try tried(.failed("no answer", retryAfter: nil))
        take(notice(.escalated, .page), notice(.resolved, .page))
        #expect(gist == ["1 opened urgent", "3 resolved page"])
        #expect(lane.waiting.map(\.previous) == [nil, .urgent])
    }

    @Test("a rise that was tried is what the end is about")
    mutating func risen() throws {
        take(notice(.opened, .urgent))
        try tried(.delivered)
        take(notice(.escalated, .page))
        #expect(lane.waiting.map(\.previous) == [.urgent])
        try tried(.failed("no answer", retryAfter: nil))
        take(notice(.resolved, .page))
        #expect(gist == ["2 escalated page", "3 resolved page"] && lane.waiting.last?.previous == .page)
    }

    @Test("severities below the minimum are not told, a rise past it opens, and the end of what was not told is not")
    mutating func minimum() {
        _ = lane.take(notice(.opened, .notify), minimum: .urgent, id: ids.next)
        _ = lane.take(notice(.resolved, .notify), minimum: .urgent, id: ids.next)
        #expect(gist.isEmpty)
        _ = lane.take(notice(.escalated, .urgent, incident: "2"), minimum: .urgent, id: ids.next)
        #expect(gist == ["1 opened urgent"])
    }

    @Test("the same notice twice is told once")
    mutating func twice() {
        take(notice(.opened), notice(.opened), notice(.escalated), notice(.escalated, .critical), notice(.escalated, .critical))
        #expect(gist == ["1 opened critical"])
        take(notice(.resolved), notice(.resolved))
        #expect(gist.isEmpty)
    }

    @Test("after a failure all wait, longer each time, and never longer than five minutes")
    mutating func backoff() throws {
        take(notice(.opened), notice(.opened, key: "other", incident: "2"))
        var now: UInt64 = 1_000_000
        var waits: [UInt64] = []
        for _ in 0..<12 {
            try tried(.failed("HTTP 503", retryAfter: nil), at: now, random: 0.999_999)
            #expect(lane.due(now) == nil && lane.due(lane.notBefore - 1) == nil)
            waits.append(lane.notBefore - now + 1)
            now = lane.notBefore
        }
        #expect(waits == [250, 500, 1000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000, 300_000])
        #expect(lane.stuck == 1_000_000)
        try tried(.delivered, at: now)
        #expect(lane.notBefore == 0 && lane.failures == 0)
    }

    @Test("jitter is full: from nothing to the whole time")
    mutating func jitter() {
        let backoff = AlertBackoff()
        #expect(backoff.delay(failures: 4, random: 0) == 0 && backoff.delay(failures: 4, random: 0.5) == 5000)
        #expect(backoff.slow(random: 0) == 60_000 && backoff.slow(random: 0.999_999) == 299_999)
        #expect(backoff.delay(failures: .max, random: 2) == 300_000 && backoff.delay(failures: .min, random: -1) == 0)
    }

    @Test("a receiver's wish to wait counts, up to an hour, and never shortens the wait")
    mutating func wish() throws {
        take(notice(.opened))
        try tried(.failed("HTTP 429", retryAfter: .seconds(30)))
        #expect(lane.notBefore == 30_000)
        try tried(.failed("HTTP 429", retryAfter: .seconds(90_000)), at: 30_000)
        #expect(lane.notBefore == 30_000 + 3_600_000)
        try tried(.failed("HTTP 429", retryAfter: .milliseconds(1)), at: 5_000_000)
        #expect(lane.notBefore == 5_000_500)
    }

    @Test("an alert that is refused waits by itself; others overtake it, but not those of its own incident")
    mutating func refused() throws {
        take(notice(.opened), notice(.opened, key: "other", incident: "2"))
        try tried(.refused("HTTP 400"), at: 1000)
        take(notice(.resolved))
        #expect(lane.waiting[0].notBefore >= 61_000)
        try tried(.delivered, at: 1000)
        #expect(gist == ["1 opened page", "3 resolved page"] && lane.due(1000) == nil)
        #expect(lane.stuck == 1000 && lane.next(1000) == lane.waiting[0].notBefore)
        try tried(.delivered, at: lane.waiting[0].notBefore)
        try tried(.delivered, at: 400_000)
        #expect(lane.waiting.isEmpty && lane.stuck == nil)
    }

    @Test("a receiver that bars everything is asked slowly")
    mutating func barred() throws {
        take(notice(.opened), notice(.opened, key: "other", incident: "2"))
        try tried(.barred("HTTP 401"), at: 1000, random: 0)
        #expect(lane.due(60_999) == nil && lane.due(61_000) == 0)
    }

    @Test("a clock that goes back makes nobody wait longer than an hour")
    mutating func backwards() throws {
        take(notice(.opened))
        try tried(.failed("HTTP 503", retryAfter: .seconds(3600)), at: 1_000_000_000)
        #expect(lane.next(5000) == 5000 + 3_600_000)
        lane.clamp(5000)
        #expect(lane.notBefore == 5000 + 3_600_000 && lane.due(5000 + 3_600_000) == 0)
    }

    @Test("more than 1,024 deliveries never wait: incidents that are over go first, whole, and are counted")
    mutating func bounded() throws {
        var dropped = 0
        for index in 0..<600 {
            dropped += lane.take(notice(.opened, key: "k\(index)", incident: "\(index)"), minimum: .info, id: ids.next)
            lane.waiting[lane.waiting.count - 1].attempts = 1
        }
        for index in 0..<600 where index != 5 {
            dropped += lane.take(notice(.resolved, key: "k\(index)", incident: "\(index)"), minimum: .info, id: ids.next)
        }
        #expect(lane.waiting.count <= 1024 && dropped == 600 + 599 - lane.waiting.count)
        #expect(lane.waiting.contains { $0.notice.incident == "5" })
        // Each incident is there as a whole, or not at all.
        let counts = Dictionary(grouping: lane.waiting, by: \.notice.incident).mapValues(\.count)
        #expect(counts.allSatisfy { $0.value == ($0.key == "5" ? 1 : 2) })
    }

    @Test(
        "answers are judged by their status",
        arguments: [
            (200, "delivered"), (202, "delivered"), (204, "delivered"), (408, "failed"), (425, "failed"), (429, "failed"),
            (500, "failed"),
            (502, "failed"), (503, "failed"), (504, "failed"), (600, "failed"), (100, "failed"), (400, "refused"),
            (413, "refused"),
            (422, "refused"), (301, "barred"), (302, "barred"), (401, "barred"), (403, "barred"), (404, "barred"),
            (410, "barred"),
        ])
    func judged(_ status: Int, _ word: String) {
        let answer = AlertAnswer(AlertReply(status: status, retryAfter: .seconds(1)))
        #expect("\(answer)".hasPrefix(word))
        if case .failed(_, let wish) = answer { #expect(wish == .seconds(1)) }
    }
}
