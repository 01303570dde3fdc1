import Foundation
import KeeperCore
import Testing

/// Everything that nodes, networks and clocks do to a keeper, on real sockets: its decision is unchanged, or it says clearly what it
/// refuses and why; what that costs in requests; and that none of the keeper's secrets is in anything that it says, keeps or records.
@Suite("FaultMatrix", .timeLimit(.minutes(20)))
struct FaultMatrix {
    static let classes: [FaultClass] = Array(
        [
            AnswerFaults.all, LimitFaults.all, TimeFaults.all, BroadcastFaults.all, NonceFaults.all, ChainFaults.all,
            NodeFaults.all, SocketFaults.all, OwnFaults.all, StoreFaults.all,
            SecretFaults.all,
        ].joined())

    /// Of the classes, only those with this in their names: for whoever mends one.
    private static let only = ProcessInfo.processInfo.environment["KEEPERKIT_FAULTS"]

    @Test(
        "In every class of faults the decision is unchanged, or a refusal says why; no node gets a transaction twice at one head; no secret gets out"
    )
    func matrix() async throws {
        let calm = FaultClass(
            "(none)", .beside(atMost: Calm.pair) { .odd(.init(), .init()) },
            .alone(.unchanged, atMost: Calm.alone) { .odd(.init()) })
        let baseline = await calm.play()
        #expect(baseline.problems.isEmpty, "\(baseline.problems)")
        var rows: [FaultClass.Row] = []
        for faultClass in Self.classes where Self.only.map({ faultClass.name.contains($0) }) ?? true {
            let row = await faultClass.play()
            rows.append(row)
            #expect(row.problems.isEmpty, "\(row.name): \(row.problems.joined(separator: "; "))")
        }
        print(Self.table([baseline] + rows))
        let ok = rows.count { $0.problems.isEmpty }
        let (stories, outputs) = (rows.reduce(0) { $0 + $1.spent.count }, rows.reduce(0) { $0 + $1.outputs })
        let kilobytes = rows.reduce(0) { $0 + $1.bytes } / 1000
        print("searched for secrets: \(outputs) outputs of \(stories) stories, \(kilobytes) kB")
        print("fault matrix: \(rows.count) classes, \(ok) ok")
        #expect(ok == rows.count && Set(rows.map(\.name)).count == rows.count)
        #expect(rows.count >= 105 && outputs > 20 * stories || Self.only != nil)
    }

    private static func table(_ rows: [FaultClass.Row]) -> String {
        let cells = [["fault", "outcome", "requests"]] + rows.map { [$0.name, $0.outcome, spent($0)] }
        let widths = (0..<2).map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            zip(row, widths).map { $0.padding(toLength: $1 + 2, withPad: " ", startingAt: 0) }.joined() + row[2]
        }.joined(separator: "\n")
    }

    /// Requests of each story, or their range where there are many.
    private static func spent(_ row: FaultClass.Row) -> String {
        guard row.spent.count > 2, let least = row.spent.min(), let most = row.spent.max() else {
            return row.spent.map(String.init).joined(separator: ", ")
        }
        return least == most ? "\(row.spent.count) × \(least)" : "\(row.spent.count) × \(least)–\(most)"
    }
}
