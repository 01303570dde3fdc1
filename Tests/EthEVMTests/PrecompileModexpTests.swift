import EthPrimitives
import EthTransactions
import Foundation
import Testing

@testable import EthEVM

@Suite struct PrecompileModexpTests {
    typealias Harness = PrecompileHarness

    /// What Python's `pow` answers, and what the formulas of both proposals say of the gas.
    struct Vector: Decodable {
        let base: String, exponent: String, modulus: String, result: String
        let gasEIP2565: Gas, gasEIP7883: Gas

        func input() throws -> [UInt8] {
            let parts = try [base, exponent, modulus].map { try Hex.decode($0) }
            return parts.flatMap { Harness.word(UInt256(UInt64($0.count))) } + parts.joined()
        }
    }

    static func vectors() throws -> [Vector] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Vectors/evm/modexp.json")
        return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: file))
    }

    @Test func powersAndTheirGasAreThoseOfPython() throws {
        let vectors = try Self.vectors()
        #expect(vectors.count == 104)
        for vector in vectors {
            let input = try vector.input()
            for (fork, gas) in [(Fork.prague, vector.gasEIP2565), (.osaka, vector.gasEIP7883)] {
                let answer = Harness.run(5, input, gas: gas, fork)
                #expect(answer.output.map { Hex.encode($0) } == vector.result)
                #expect(answer.gas == gas)
                #expect(Harness.run(5, input, gas: gas - 1, fork).halt == .outOfGas)
            }
        }
    }

    /// Bytes that the input lacks are zero: nothing changes if zeros at its end are left out.
    @Test func zerosAtTheEndOfTheInputMayBeLeftOut() throws {
        for vector in try Self.vectors() {
            var input = try vector.input()
            while input.last == 0 { input.removeLast() }
            #expect(Harness.run(5, input).output.map { Hex.encode($0) } == vector.result)
        }
        // 3^2 mod 2^15, of which only the first byte is there.
        let short = Self.lengths(1, 1, 2) + [3, 2, 0x80]
        #expect(Harness.run(5, short).output == [0, 9])
    }

    @Test func fermatHoldsForThePrimeOfTheCurve() throws {
        let prime: UInt256 = .max - (UInt256(1) << 32) - 976
        let input = Self.lengths(1, 32, 32) + [3] + Harness.word(prime - 1) + Harness.word(prime)
        #expect(Harness.run(5, input).output == Harness.word(1))
        #expect(Harness.run(5, input).gas == 1360)
        #expect(Harness.run(5, input, .osaka).gas == 4080)
    }

    @Test func anEmptyModulusAnswersNothingHoweverLongTheExponentIs() {
        let answer = Harness.run(5, Self.lengths(0, .max, 0))
        #expect(answer.output == [])
        #expect(answer.gas == 200)
        #expect(Harness.run(5, []).output == [])
        #expect(Harness.run(5, [], .osaka).gas == 500)
    }

    private static let unpayable: [[UInt256]] = [
        [.max, 1, 1], [1, .max, 1], [1, 1, .max], [.max, .max, .max], [bit(63), 0, 1], [0, 0, bit(63)], [1, bit(64), 1],
        [1, UInt256(UInt64.max), 1], [0, bit(63), bit(20)], [bit(40), bit(40), bit(40)],
    ]

    private static func bit(_ place: Int) -> UInt256 { UInt256(1) << place }

    @Test(arguments: unpayable)
    func lengthsThatNoGasCanPayAreOutOfGas(lengths: [UInt256]) {
        let input = lengths.flatMap { Harness.word($0) }
        #expect(Harness.run(5, input).halt == .outOfGas)
        #expect(Harness.run(5, input, .osaka).halt == .precompileFailed)
    }

    @Test func lengthsThatOnlyEndlessGasCanPayAreNotWorkedOn() {
        #expect(Harness.run(5, Self.lengths(0, 0, Self.bit(34)) + [1], gas: .max).isUnsupported)
        #expect(Harness.run(5, Self.lengths(Self.bit(34), 1, 1) + [1], gas: .max).isUnsupported)
        // 2^34 zero bytes, and a modulus of zero: an answer, at once.
        #expect(Harness.run(5, Self.lengths(1, Self.bit(34), 1), gas: .max).output == [0])
    }

    @Test(arguments: [[1_025, 1, 1], [1, 1_025, 1], [1, 1, 1_025], [1_025, 0, 0]] as [[UInt256]])
    func osakaRefusesMoreThan1024Bytes(lengths: [UInt256]) {
        let input = lengths.flatMap { Harness.word($0) }
        #expect(Harness.run(5, input, gas: .max, .osaka).halt == .precompileFailed)
        #expect(Harness.run(5, input, gas: .max, .prague).output != nil)
        #expect(Harness.run(5, Self.lengths(1_024, 1_024, 1_024), gas: .max, .osaka).output?.count == 1_024)
    }

    /// Even and odd moduli take different ways: modulo m and modulo 2m they must agree.
    @Test func bothWaysOfMultiplyingAgree() throws {
        for vector in try Self.vectors() {
            let parts = try [vector.base, vector.exponent, vector.modulus].map { try Hex.decode($0) }
            guard let last = parts[2].last, last & 1 == 1, parts[2].count <= 64 else { continue }
            var doubled: [UInt8] = [0]
            for byte in parts[2] {
                doubled[doubled.count - 1] |= byte >> 7
                doubled.append(byte << 1)
            }
            let even = Self.lengths(parts[0].count, parts[1].count, doubled.count) + (parts[0] + parts[1] + doubled)
            let first = try #require(Harness.run(5, even).output)
            // The even result is reduced modulo m by raising it to the first power.
            let reduce = Self.lengths(first.count, 1, parts[2].count) + (first + [1] + parts[2])
            #expect(Harness.run(5, reduce).output.map { Hex.encode($0) } == vector.result)
        }
    }

    private static func lengths(_ base: UInt256, _ exponent: UInt256, _ modulus: UInt256) -> [UInt8] {
        Harness.word(base) + Harness.word(exponent) + Harness.word(modulus)
    }

    private static func lengths(_ base: Int, _ exponent: Int, _ modulus: Int) -> [UInt8] {
        lengths(UInt256(base), UInt256(exponent), UInt256(modulus))
    }
}
