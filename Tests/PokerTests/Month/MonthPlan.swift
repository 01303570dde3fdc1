/// What goes wrong in a month, and who must be woken by it.
struct MonthPlan: Sendable {
    enum Fault: String, Sendable, CaseIterable {
        case outage = "no node answers"
        case feeSpike = "the base fee jumps far above the cap, and comes down by itself"
        case reorganisations = "reorganisations of depth 1 to 3"
        case invalidSource = "a source has no value"
        case stuck = "the primary's transactions are not mined"
        case deadKeeper = "the primary is dead"

        /// The kind of the one page that it must lead to; `nil` where nobody must be woken.
        var page: String? {
            switch self {
            case .outage: "nodes-unusable"
            case .feeSpike: "late"
            case .invalidSource: "source-invalid"
            case .deadKeeper: "backup-acted"
            // Reorganisations are undone by themselves; for a stuck transaction the backup steps in.
            case .reorganisations, .stuck: nil
            }
        }
    }

    struct Trouble: Sendable {
        var fault: Fault
        /// Seconds since the beginning.
        var time: Range<UInt64>
    }

    var troubles: [Trouble]
    /// Seconds.
    var length: UInt64

    private static func at(_ day: UInt64, _ hour: UInt64, _ minute: UInt64, for minutes: UInt64, _ fault: Fault) -> Trouble {
        let start = (day * 24 + hour) * 3600 + minute * 60
        return Trouble(fault: fault, time: start..<start + minutes * 60)
    }

    /// Thirty days with seven troubles.
    static let month = MonthPlan(
        troubles: [
            at(3, 9, 40, for: 45, .outage), at(7, 13, 50, for: 150, .feeSpike), at(11, 6, 5, for: 180, .reorganisations),
            at(14, 0, 10, for: 1440, .invalidSource), at(17, 22, 15, for: 12, .outage), at(20, 11, 50, for: 50, .stuck),
            at(25, 2, 10, for: 360, .deadKeeper),
        ], length: 30 * 86_400)

    /// One of each, one after the other, in less than a hundredth of the time: the first slot begins after half an hour.
    static let day = MonthPlan(
        troubles: [
            Trouble(fault: .outage, time: 300..<1020), Trouble(fault: .feeSpike, time: 1750..<4490),
            Trouble(fault: .reorganisations, time: 5300..<7000), Trouble(fault: .invalidSource, time: 8900..<13_100),
            Trouble(fault: .stuck, time: 12_500..<15_500), Trouble(fault: .deadKeeper, time: 16_100..<20_900),
        ], length: 25_200)
}
