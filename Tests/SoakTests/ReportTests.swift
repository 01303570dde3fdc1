import EthRPC
import Testing

@testable import Soaking

@Suite("The verdict on a soak")
struct ReportTests {
    private static let plan = SoakPlan(seconds: 600, rate: 10)

    /// A run in which memory and descriptors go from one value to another after the fifth minute.
    private static func report(
        _ memory: (Int, Int) = (30_000, 30_000), _ descriptors: (Int, Int) = (40, 40), plan: SoakPlan = plan,
        change: (inout SoakTally) -> Void = { _ in }
    ) -> SoakReport {
        let samples = (0..<Int(plan.seconds)).map { second in
            let isLate = Double(second) > plan.seconds / 2
            return ProcessSample(
                time: Double(second), residentKiB: second < 60 ? 9_000 : isLate ? memory.1 : memory.0,
                descriptors: isLate ? descriptors.1 : descriptors.0, inFlight: 3)
        }
        var tally = SoakTally()
        for _ in 0..<Int(plan.seconds) * plan.rate {
            tally.begun += 1
            tally.end(.success(true), in: .milliseconds(2), allowed: .seconds(5))
        }
        tally.heads = 600
        change(&tally)
        return SoakReport(plan: plan, tally: tally, samples: samples, served: [("hang", 7)], seconds: plan.seconds)
    }

    @Test("all is well: no violation, and the table says so much")
    func good() {
        let report = Self.report((30_000, 31_400), (40, 44))
        #expect(report.violations.isEmpty, "\(report.violations)")
        #expect(report.table.contains("6,000 in 600.0 s, 10.0 a second"))
        #expect(report.table.contains("29.3 MiB after 120.0 s, 30.7 MiB at the end: +4.7 % of 5.0 allowed"))
        #expect(report.table.contains("hang 7"))
    }

    @Test("memory that grows by more than 5 % is a leak; less is fine, and so is what falls")
    func memory() {
        #expect(Self.report((30_000, 31_700)).violations == ["memory grew by 5.7 %"])
        #expect(Self.report((30_000, 12_000)).violations.isEmpty)
        var short = Self.plan
        short.seconds = 30
        #expect(Self.report((30_000, 90_000), plan: short).violations.isEmpty, "not judged in so short a run")
    }

    @Test("descriptors that go up or down for good are a violation")
    func descriptors() {
        #expect(Self.report((1, 1), (40, 60)).violations == ["file descriptors went from 40 to 60"])
        #expect(Self.report((1, 1), (40, 20)).violations == ["file descriptors went from 40 to 20"])
        var short = Self.plan
        short.seconds = 30
        #expect(Self.report((1, 1), (40, 60), plan: short).violations.isEmpty, "a short run is still opening connections")
        #expect(Self.report((1, 1), (40, 145), plan: short).violations == ["145 file descriptors were open at once"])
    }

    @Test("what is stuck, late or wrong is a violation, and so is a run without answers, heads or its rate")
    func operations() {
        #expect(Self.report { $0.begun += 2 }.violations == ["2 operations never ended"])
        let late = Self.report { tally in
            tally.begun += 1
            tally.end(.failure(RPCError(.timeout, "late")), in: .seconds(6), allowed: .seconds(5))
        }
        #expect(late.violations == ["1 operations took longer than 5.0 seconds, the longest 6.0 seconds"])
        #expect(late.table.contains("1: timeout 1"))
        #expect(Self.report { $0.wrong += 1 }.violations == ["1 answers were those to other questions"])
        #expect(Self.report { $0.heads = 0 }.violations == ["no heads came"])
        #expect(Self.report { $0 = SoakTally() }.violations.count == 3)
    }

    @Test("percentiles lie in their class")
    func latencies() {
        var latencies = Latencies()
        for millisecond in 1...100 { latencies.add(.milliseconds(millisecond)) }
        #expect((50...63).contains(latencies.percentile(50)) && (99...125).contains(latencies.percentile(99)))
        #expect(latencies.longest == .milliseconds(100) && latencies.count == 100)
    }
}
