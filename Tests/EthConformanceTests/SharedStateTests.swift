import EthEVM
import EthTransactions
import TestSupport
import Testing

@testable import EthConformance

@Suite("The shared state tests", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct SharedStateTests {
    static let archive = "ethereum-tests/state-tests.tar.gz"

    /// Every so many files are run: all of them take minutes without optimisation (`make statetest` runs them all).
    private static let step = 60
    /// Tests that only take long.
    private static let long = ["stTimeConsuming", "stQuadraticComplexityTest", "vmPerformance", "stStaticCall/static_Call50000"]

    @Test("are read whole, and a sample of the Cancun cases passes or calls what is not built in")
    func sample() throws {
        var files = try TestFiles([SharedVectors.path(Self.archive)])
        let runner = StateTestRunner()
        var tally = VectorTally("state tests, Cancun, a sample")
        var (count, tests, signed) = (0, 0, 0)
        var cases: [String: Int] = [:]
        while let file = try files.next() {
            count += 1
            for test in try StateTest.read(file.bytes, file: file.place) {
                tests += 1
                for (fork, outcomes) in test.outcomes { cases[fork, default: 0] += outcomes.count }
                guard count % Self.step == 7, !Self.long.contains(where: file.name.contains) else { continue }
                signed += try Self.compareSigned(test)
                for result in runner.run(test, test.cases(file: file.name, fork: .cancun)) {
                    switch result.verdict {
                    case .passed: tally.count(true)
                    case .failed(let differences):
                        Issue.record("\(file.name) \(test.name) \(result.testCase.variant): \(differences)")
                        tally.count(false)
                    case .skipped(let omission): tally.skip("\(omission)")
                    }
                }
            }
        }
        tally.report()
        #expect(count == 1_352 && tests == 2_127)
        #expect(cases["Cancun"] == 9_818 && cases["Shanghai"] == 103 && cases["Paris"] == 24 && cases["London"] == 18, "\(cases)")
        #expect(tally.passed >= 80 && tally.failed == 0)
        #expect(signed > 50)
    }

    /// What we make of lists and indexes is the transaction that was signed.
    private static func compareSigned(_ test: StateTest) throws -> Int {
        var compared = 0
        for outcome in test.outcomes.flatMap(\.outcomes) where outcome.expectedException == nil {
            guard let bytes = outcome.transaction else { continue }
            let envelope = try TransactionEnvelope(decoding: bytes)
            let variant = try test.transaction.variant(data: outcome.data, gas: outcome.gas, value: outcome.value)
            #expect(try EVMTransaction(envelope.unsigned, from: envelope.sender()) == variant, "\(test.name)")
            compared += 1
        }
        return compared
    }
}
