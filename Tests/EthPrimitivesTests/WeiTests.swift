import EthPrimitives
import Testing

@Suite("Wei")
struct WeiTests {
    @Test(
        "parses an amount with its unit",
        arguments: [
            ("0 wei", 0), ("21000 wei", 21_000), ("1 gwei", 1_000_000_000), ("1.5 gwei", 1_500_000_000),
            ("0.000000001 gwei", 1), ("007 wei", 7), ("1.0 wei", nil), ("1 GWEI", 1_000_000_000),
            ("2 Eth", 2_000_000_000_000_000_000), ("5 finney", 5_000_000_000_000_000), ("1.5 kwei", 1_500),
            ("1 mwei", 1_000_000), ("0.000000000001 szabo", 1),
            ("0.05 ether", 50_000_000_000_000_000), ("  3   gwei ", 3_000_000_000), ("0.0 gwei", 0),
            ("1.000000000000000001 ether", 1_000_000_000_000_000_001),
        ] as [(String, UInt256?)])
    func good(text: String, value: UInt256?) throws {
        guard let value else {
            #expect(throws: WeiError.number(.tooPrecise("1.0", decimals: 0), unit: "wei")) { try Wei(parsing: text) }
            return
        }
        #expect(try Wei(parsing: text) == Wei(value))
    }

    @Test("refuses an amount without a unit that it knows", arguments: ["", "5", "5gwei", "gwei", "5 gwei more"])
    func noUnit(text: String) {
        #expect(throws: WeiError.missingUnit(text)) { try Wei(parsing: text) }
        #expect(throws: WeiError.unknownUnit("lovelace")) { try Wei(parsing: "5 lovelace") }
    }

    @Test(
        "refuses what is not a plain decimal",
        arguments: ["five", "-1", "+1", "1e3", "1,5", ".5", "5.", ".", "1.2.3", "0x10", "1_000", "٣", "1.٣"])
    func notNumbers(text: String) {
        #expect(throws: WeiError.number(.notANumber(text), unit: "gwei")) { try Wei(parsing: text + " gwei") }
    }

    @Test("refuses digits below one wei", arguments: [("0.1", "wei", 0), ("0.0000000001", "GWEI", 9)])
    func tooPrecise(text: String, unit: String, decimals: Int) {
        #expect(throws: WeiError.number(.tooPrecise(text, decimals: decimals), unit: unit)) {
            try Wei(parsing: "\(text) \(unit)")
        }
    }

    @Test(
        "refuses more than 256 bits",
        arguments: [
            ("115792089237316195423570985008687907853269984665640564039457584007913129639936", "wei"),
            ("115792089237316195423570985008687907853269984665640564039458", "ether"),
            ("115792089237316195423570985008687907853269984665640564039457.584007913129639936", "ether"),
        ])
    func tooLarge(text: String, unit: String) {
        #expect(throws: WeiError.number(.tooLarge(text), unit: unit)) { try Wei(parsing: "\(text) \(unit)") }
    }

    @Test(
        "prints the unit that keeps the amount exact and short, and reads it back",
        arguments: [
            (Wei(0), "0 wei"), (Wei(21_000), "21000 wei"), (.gwei(60), "60 gwei"), (Wei(1_500_000_000), "1.5 gwei"),
            (Wei(50_000_000_000_000_000), "0.05 ether"), (.ether(3), "3 ether"), (Wei(1_000_001), "0.001000001 gwei"),
            (Wei(.max), "115792089237316195423570985008687907853269984665640564039457.584007913129639935 ether"),
        ])
    func text(amount: Wei, text: String) throws {
        #expect(amount.description == text)
        #expect(try Wei(parsing: text) == amount)
    }

    @Test("cuts, and does not round, to fixed places")
    func fixed() {
        #expect(Wei(1_999_999_999).fixed(9, places: 2) == "1.99")
        #expect(Wei(5).fixed(9, places: 0) == "0")
        #expect(Wei(1_234).fixed(0, places: 0) == "1234")
        #expect(Wei(1_100_000_000).decimal(9) == "1.1")
        #expect(Wei(100).decimal(0) == "100")
    }

    @Test("a price times gas is an amount")
    func cost() { #expect(Wei.gwei(2) * 21_000 == Wei(42_000_000_000_000)) }
}
