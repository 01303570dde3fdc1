import EthEVM
import Foundation
import Testing

@testable import EVMFuzzing

@Suite("fuzz-evm, the programs")
struct SweepTests {
    /// As many as a debug build runs in a few seconds; `make fuzz-evm` runs five hundred times as many.
    @Test("break no law", .timeLimit(.minutes(5)))
    func sweep() throws {
        let result = try ProgramSweep(seed: 2, count: 20_000, jobs: 2).run()
        #expect(result.failure.map { "\($0.violation)\n\($0.program.text)" } == nil)
        let tally = result.tally
        #expect(tally.programs == 20_000)
        // A sweep in which nothing happens would break no law either.
        #expect(tally.succeeded > 3_000 && tally.reverted > 500 && tally.frames > 50_000)
        #expect(tally.writes > 1_000 && tally.logs > 200 && tally.destroys > 50)
        let halts: [Halt] = [
            .outOfGas, .stackUnderflow, .stackOverflow, .invalidJump, .invalidOpcode, .returnDataOutOfBounds, .codeRejected,
            .precompileFailed,
        ]
        for halt in halts { #expect(tally.halts[halt] ?? 0 > 0, "\(halt)") }
        for source in FuzzCase.Source.allCases { #expect(tally.sources[source] ?? 0 > 0, "\(source)") }
    }

    @Test("follow from seed and number")
    func same() throws {
        let world = try FuzzWorld(realCode: RealCode(folder: RealCode.folder))
        for number in 0..<50 as Range<UInt64> {
            let (one, two) = (FuzzCase(world, seed: 7, number: number), FuzzCase(world, seed: 7, number: number))
            #expect(one.program == two.program && one.transactions == two.transactions && one.state == two.state)
            #expect(one.program != FuzzCase(world, seed: 8, number: number).program)
        }
    }

    @Test("stop at their deadline")
    func deadline() throws {
        var sweep = ProgramSweep(seed: 1, count: 1_000_000, jobs: 2)
        sweep.deadline = .now
        #expect(try sweep.run().tally.programs == 0)
    }
}
