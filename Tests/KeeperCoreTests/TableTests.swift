import Testing

@testable import KeeperCore

@Suite("Tables of text")
struct TableTests {
    @Test("the first column is left-aligned, the others right-aligned, ends are trimmed")
    func rows() {
        #expect(Table.row(["ab", "1", "22"], [4, 3, 5]) == "ab    1   22")
        #expect(Table.row(["ab", ""], [4, 3]) == "ab")
        #expect(Table.row([], [4]).isEmpty)
        #expect(Table.row(["longer than its column", "x"], [3]) == "longer than its columnx")
        #expect(Table.row(["é😀", "1"], [3, 2]) == "é😀  1")
    }

    @Test(
        "digits stand in groups of three",
        arguments: [
            (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (364_368, "364,368"), (-1_234_567, "-1,234,567"), (-999, "-999"),
            (Int.max, "9,223,372,036,854,775,807"), (Int.min, "-9,223,372,036,854,775,808"),
        ])
    func grouped(_ value: Int, _ text: String) { #expect(Table.grouped(value) == text) }

    @Test(
        "ether has six places, or ten below a thousandth",
        arguments: [
            (0, "0.000000"), (1_000_000_000_000_000_000, "1.000000"), (1_234_567_890_123_456_789, "1.234568"),
            (-2_500_000_000_000_000_000, "-2.500000"), (1_000_000_000_000_000, "0.001000"), (999_999_999_999_999, "0.0010000000"),
            (123_456_789_012_345, "0.0001234568"), (1, "0.0000000000"), (50_000_000, "0.0000000001"),
            (-100_000_000, "-0.0000000001"),
            (1_999_999_999_999_999_999, "2.000000"),
        ] as [(Int128, String)])
    func ether(_ wei: Int128, _ text: String) { #expect(Table.ether(wei) == text) }

    @Test(
        "percentages have one place, rounded half up",
        arguments: [
            (0, 1, "0.0 %"), (1, 1, "100.0 %"), (1, 3, "33.3 %"), (2, 3, "66.7 %"), (1, 2_000, "0.1 %"), (1, 2_001, "0.0 %"),
            (-1, 4, "-25.0 %"),
            (3, 2, "150.0 %"), (1, 0, "–"), (1, -1, "–"),
        ] as [(Int128, Int128, String)])
    func percent(_ part: Int128, _ whole: Int128, _ text: String) { #expect(Table.percent(part, whole) == text) }
}
