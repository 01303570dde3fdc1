import EthPrimitives
import Foundation
import TestSupport
import Testing

@Suite("Denominations")
struct DenominationTests {
    @Test("parse and print every unit of ethers' file", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func vectors() throws {
        var tally = VectorTally("ethers/units")
        for entry in try SharedVectors.json("ethers/units.json.gz", as: [[String: String]].self) {
            let text = try #require(entry["wei"])
            let wei = try #require(Int256(text))
            for (name, unit) in Denomination.named {
                if let text = entry[name] {
                    let parsed = try unit.parseSigned(text)
                    #expect(parsed == wei, "\(text) \(name)")
                    tally.count(parsed == wei)
                }
                if let text = entry[name + "_format"] {
                    // ethers writes 1.0 where we write 1.
                    let printed = unit.text(wei)
                    let padded = printed.contains(".") ? printed : printed + ".0"
                    #expect(padded == text)
                    tally.count(padded == text)
                }
            }
        }
        tally.report()
        #expect(tally.passed == 44 && tally.failed == 0)
    }

    @Test("what is printed in any unit reads back as the same amount", arguments: [0, 1, 6, 9, 18, 27, 45, 76, 77])
    func roundTrip(decimals: Int) throws {
        let unit = try #require(Denomination(decimals: decimals))
        var random = SeededRandom(UInt64(decimals))
        let amounts = (0..<300).map { _ in
            UInt256(limbs: random.next(), random.next(), random.next(), random.next()) >> Int(random.next() % 256)
        }
        for amount in amounts + [0, 1, 9, 10, .max, .max - 1, unit.scale, unit.scale - 1, .max / unit.scale * unit.scale] {
            let text = unit.text(amount)
            #expect(try unit.parse(text) == amount, "\(text)")
            #expect(!text.contains(".") || !text.hasSuffix("0"))
            let signed = Int256(bitPattern: amount)
            #expect(try unit.parseSigned(unit.text(signed)) == signed)
        }
    }

    @Test("says what is wrong, with the text and what was expected")
    func errors() throws {
        let usdc = try #require(Denomination(decimals: 6))
        #expect(throws: DecimalError.notANumber("-1")) { try usdc.parse("-1") }
        #expect(throws: DecimalError.notANumber("--1")) { try usdc.parseSigned("--1") }
        #expect(throws: DecimalError.notANumber("-")) { try usdc.parseSigned("-") }
        #expect(throws: DecimalError.tooPrecise("-1.0000001", decimals: 6)) { try usdc.parseSigned("-1.0000001") }
        #expect(throws: DecimalError.tooPrecise("1.0000000", decimals: 6)) { try usdc.parse("1.0000000") }
        #expect(throws: DecimalError.tooLarge(UInt256.max.description)) { try usdc.parse(UInt256.max.description) }
        #expect(throws: DecimalError.tooLarge(Int256.min.magnitude.description)) {
            try Denomination.wei.parseSigned(Int256.min.magnitude.description)
        }
        #expect(try Denomination.wei.parseSigned(Int256.min.description) == .min)
        #expect(DecimalError.tooPrecise("1.5", decimals: 0).description == "\"1.5\" has a fraction, expected a whole number")
        #expect(
            DecimalError.tooPrecise("0.12", decimals: 1).description
                == "\"0.12\" is too precise, expected at most 1 digits after the point")
        #expect(
            WeiError.missingUnit("5").description
                == "\"5\" is not an amount, expected a number and a unit, such as \"3 gwei\" or \"0.05 ether\"")
        #expect(Denomination(decimals: 78) == nil && Denomination(decimals: -1) == nil && Denomination(named: "lovelace") == nil)
        #expect(Denomination(named: "Gwei") == .gwei && Denomination(named: "ETH") == .ether)
    }
}
