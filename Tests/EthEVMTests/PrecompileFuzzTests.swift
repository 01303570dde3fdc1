import EthPrimitives
import EthTransactions
import Foundation
import TestSupport
import Testing

@testable import EthEVM

@Suite struct PrecompileFuzzTests {
    /// Of each contract. Debug builds hash slowly: KEEPERKIT_PRECOMPILE_INPUTS=200000 takes two minutes.
    private static let inputs = ProcessInfo.processInfo.environment["KEEPERKIT_PRECOMPILE_INPUTS"].flatMap { Int($0) } ?? 5_000

    @Test(arguments: Array(1...0x11) + [0x0100] as [UInt64])
    func randomInputNeverFallsAndNeverTakesMoreThanGiven(number: UInt64) {
        var random = SeededRandom(number)
        var answered = 0
        for _ in 0..<Self.inputs {
            let input = Self.input(number, &random)
            let gas = Gas(1) << Gas.random(in: 0...16, using: &random) + Gas.random(in: 0...100, using: &random)
            let fork = [Fork.london, .prague, .osaka].randomElement(using: &random) ?? .osaka
            let answer = PrecompileHarness.run(number, input, gas: gas, fork)
            if let used = answer.gas {
                if used > gas { Issue.record("\(used) of \(gas) for \(Hex.encode(input))") } else { answered += 1 }
            }
            if answer.isUnsupported, number < 6 || number == 9 { Issue.record("unsupported: \(Hex.encode(input))") }
        }
        #expect((answered > 0) == (number < 6 || number == 9))
    }

    /// Random bytes, or what the contract looks at more closely.
    private static func input(_ number: UInt64, _ random: inout SeededRandom) -> [UInt8] {
        func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) } }
        switch (number, Int.random(in: 0..<4, using: &random)) {
        case (1, 1...):
            var input = bytes(Int.random(in: 120...130, using: &random))
            input.replaceSubrange(32..<64, with: [UInt8](repeating: 0, count: 31) + [UInt8.random(in: 26...29, using: &random)])
            return input
        case (5, 1...):
            let lengths = (0..<3).map { _ -> [UInt8] in
                switch Int.random(in: 0..<12, using: &random) {
                case 0: bytes(32)
                case 1: [UInt8](repeating: 0, count: 24) + bytes(8)
                case 2: [UInt8](repeating: 0, count: 29) + bytes(3)
                default: [UInt8](repeating: 0, count: 31) + [UInt8.random(in: 0...70, using: &random)]
                }
            }
            return lengths.flatMap { $0 } + bytes(Int.random(in: 0...128, using: &random))
        case (9, 1...):
            var input = [0, 0, 0] + bytes(210)
            input[212] = UInt8.random(in: 0...2, using: &random)
            return input
        default: return bytes(Int.random(in: 0...260, using: &random))
        }
    }
}
