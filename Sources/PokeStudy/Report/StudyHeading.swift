import EthPrimitives
import KeeperCore

/// What was studied, in one line.
struct StudyHeading {
    let result: StudyResult

    init(_ result: StudyResult) { self.result = result }

    var line: String { "Study  \(VisibleText.line(result.name)) · \(scope)" }

    /// `4 oracles, 9 ilks · 1,848 slots of 1 h · 2022-07-29 00:00 → 2022-10-13 23:00 UTC`
    var scope: String {
        guard let slots = result.strategies.first?.slots, let first = slots.first, let last = slots.last else {
            return "no slots"
        }
        return "\(count(result.oracles.count, "oracle")), \(count(result.ilks.count, "ilk")) · \(count(slots.count, "slot")) of "
            + "\(length) · \(UTC.minute(first.start)) → \(UTC.minute(last.start)) UTC"
    }

    private var length: String {
        result.slotLength > 0 && result.slotLength % 3600 == 0 ? "\(result.slotLength / 3600) h" : "\(result.slotLength) s"
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(Table.grouped(number)) \(noun)\(number == 1 ? "" : "s")" }
}

/// Durations for people.
enum Seconds {
    static func text(_ seconds: UInt64) -> String { "\(Table.grouped(seconds)) s" }

    /// With one place after the point, rounded half up.
    static func thousandths(_ milliseconds: UInt64) -> String {
        let tenths = milliseconds / 100 + (milliseconds % 100 >= 50 ? 1 : 0)
        return "\(Table.grouped(tenths / 10)).\(tenths % 10) s"
    }
}

/// The slot as `poker explain` takes it: `2022-07-29T15:00Z`.
func slotName(_ start: UInt64) -> String {
    let minute = UTC.minute(start)
    return minute.prefix(10) + "T" + minute.suffix(5) + "Z"
}
