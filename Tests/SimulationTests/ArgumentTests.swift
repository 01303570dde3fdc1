import KeeperTransactions
import Simulation
import Testing

@Suite("Arguments of simulate")
struct ArgumentTests {
    @Test("what is given is taken")
    func taken() throws {
        let some = try SimulateArguments(["--seeds", "5", "--first", "9", "--jobs", "3", "--kind", "wide"], jobs: 1)
        #expect(some.seeds == 5 && some.first == 9 && some.jobs == 3 && some.kind == .wide && some.seed == nil)
        let one = try SimulateArguments(["--seed", "7", "--trace", "--mutant", "cap jam"], jobs: 1)
        #expect(one.seed == 7 && one.traces && one.mutant == "cap jam")
        #expect(try SimulateArguments(["--mutants"], jobs: 1).seeds == 2_000)
        #expect(try SimulateArguments([], jobs: 4).jobs == 4)
    }

    @Test(
        "what is not known, or not a number, is refused",
        arguments: [
            ["--sed", "1"], ["--seeds"], ["--seeds", "x"], ["--seeds", "0"], ["--jobs", "0"], ["--kind", "odd"],
            ["--mutant", "odd"],
            ["--trace"], ["1"], ["--seeds", "-1"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: SimulateArguments.Mistake.self) { try SimulateArguments(arguments, jobs: 1) }
    }
}
