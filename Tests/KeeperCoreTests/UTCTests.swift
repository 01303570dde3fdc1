import Foundation
import Testing

@testable import KeeperCore

@Suite("UTC")
struct UTCTests {
    @Test(
        "dates and minutes",
        arguments: [
            (0, "1970-01-01 00:00"), (951_782_400, "2000-02-29 00:00"), (951_868_799, "2000-02-29 23:59"),
            (951_868_800, "2000-03-01 00:00"),
            (1_663_027_200, "2022-09-13 00:00"), (4_107_542_400, "2100-03-01 00:00"), (4_107_542_399, "2100-02-28 23:59"),
            (1_763_215_207, "2025-11-15 14:00"),
        ] as [(UInt64, String)])
    func minutes(_ seconds: UInt64, _ text: String) { #expect(UTC.minute(seconds) == text) }

    @Test("the clock shows seconds and a Z")
    func clock() {
        #expect(UTC.clock(0) == "00:00:00Z")
        #expect(UTC.clock(53_987) == "14:59:47Z")
        #expect(UTC.clock(86_399 + 86_400 * 20_000) == "23:59:59Z")
    }

    @Test("agrees with Foundation's calendar on 20,000 days and on the days around each new year and end of February")
    func calendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        var seconds = Array(stride(from: UInt64(0), to: 20_000 * 86_400 * 7, by: 86_400 * 7 + 4_321))
        for year in 1970...2120 {
            for (month, day) in [(1, 1), (2, 28), (3, 1), (12, 31)] {
                let date = try #require(calendar.date(from: DateComponents(year: year, month: month, day: day)))
                let start = UInt64(date.timeIntervalSince1970)
                seconds += [start, start + 86_399, start + 86_400]
            }
        }
        for time in seconds {
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: Double(time)))
            let date = UTC.date(time)
            #expect(date.year == parts.year && date.month == parts.month && date.day == parts.day)
            let text = String(
                format: "%04d-%02d-%02d %02d:%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0,
                parts.minute ?? 0)
            #expect(UTC.minute(time) == text)
        }
        print("\(seconds.count) moments agree with Foundation's calendar")
    }

    @Test("an instant that is none of a calendar of four digits is told in seconds")
    func farInstants() {
        #expect(UTC.instant(253_402_300_799) == "9999-12-31T23:59:59Z")
        #expect(UTC.instant(253_402_300_800) == "@253402300800")
        #expect(UTC.instant(.max) == "@18446744073709551615")
    }
}
