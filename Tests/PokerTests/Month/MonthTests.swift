import Foundation
import Testing

/// A simulated bad month: how often a team is woken. `make month` runs all of it.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct MonthTests {
    private static let isWhole = ProcessInfo.processInfo.environment["KEEPERKIT_MONTH"] != nil

    @Test("a bad month wakes people once for each cause, never for nothing, and all of it is resolved")
    func month() async throws {
        let began = ContinuousClock.now
        let plan = Self.isWhole ? MonthPlan.month : .day
        let run = try await MonthRun(plan)
        try await run.run { hour in if Self.isWhole, hour % 24 == 0 { print("day \(hour / 24)") } }
        let report = MonthReport(plan: plan, start: MonthRun.start, timeline: run.pager.timeline, open: run.pager.open)
        let served = try run.served()
        print(report.text)
        print(
            "\(report.plan.length / 3600) hours, \(run.slots) slots, \(run.missed.count) not poked in time, \(run.blocks) blocks: "
                + "\(run.pager.pages.count) pages, \(run.pager.attempts) deliveries tried; told to the channel: "
                + run.pager.kinds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
                + "; \(began.duration(to: .now).components.seconds) s")
        #expect(report.findings.isEmpty, "\(report.findings.joined(separator: "\n"))")
        #expect(run.pager.unknown.isEmpty, "\(run.pager.unknown.prefix(1))")
        #expect(Set(served.primary).isDisjoint(with: served.backup), "a slot was poked twice")
        #expect(run.slots > 5)
        try run.remove()
    }
}
