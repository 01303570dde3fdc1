import EthCrypto
import EthPrimitives
import EthTransactions
import TestSupport
import Testing

/// Raw transactions of the Ethereum test suite, valid and not, each under the rules of every fork that the file names.
@Suite("Strict decoding", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct StrictDecodingTests {
    struct Case: Decodable {
        let txbytes: String
        let result: [String: Verdict]
    }
    struct Verdict: Decodable {
        let exception, hash, intrinsicGas, sender: String?
    }

    @Test("takes what a fork takes, with its hash, sender and gas, and refuses the rest")
    func cases() throws {
        var tallies: [Fork: (valid: VectorTally, invalid: VectorTally)] = [:]
        let files = try SharedVectors.files(in: "ethereum-tests/TransactionTests", suffix: ".json")
        for file in files {
            for (name, test) in try SharedVectors.json(file, as: [String: Case].self) {
                for (forkName, verdict) in test.result {
                    let fork = try #require(Fork(name: forkName), "unknown fork \(forkName)")
                    let judged = judge(test.txbytes, fork)
                    let suite = "ethereum-tests/TransactionTests \(fork)"
                    var tally = tallies[fork] ?? (VectorTally("\(suite) valid"), VectorTally("\(suite) invalid"))
                    if verdict.exception == nil {
                        let expected = Judgement(
                            hash: try #require(verdict.hash), sender: try #require(verdict.sender),
                            intrinsicGas: try #require(UInt64((verdict.intrinsicGas ?? "").dropFirst(2), radix: 16)))
                        let held = judged == .success(expected)
                        #expect(held, "\(name) \(fork): \(judged), expected \(expected)")
                        tally.valid.count(held)
                    } else {
                        var held = false
                        if case .failure = judged { held = true }
                        #expect(held, "\(name) \(fork) was taken, expected \(verdict.exception ?? "")")
                        tally.invalid.count(held)
                    }
                    tallies[fork] = tally
                }
            }
        }
        for (_, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            tally.valid.report()
            tally.invalid.report()
        }
        #expect(files.count == 105 && tallies.count == 13)
        #expect(tallies.values.reduce(0) { $0 + $1.valid.passed + $1.invalid.passed } == 1333)
    }

    struct Judgement: Equatable {
        let hash, sender: String
        let intrinsicGas: Gas
    }

    struct Refusal: Error, Equatable {
        let reason: String
    }

    /// Decoding, then the rules of chain 1, which these files are for.
    private func judge(_ text: String, _ fork: Fork) -> Result<Judgement, Refusal> {
        do {
            let envelope = try TransactionEnvelope(decoding: Hex.decode(text))
            let sender = try StatelessRules(chainID: 1, fork: fork).check(envelope)
            let gas = IntrinsicGas(envelope.unsigned, fork: fork)
            return .success(Judgement(hash: envelope.hash.description, sender: sender.hex, intrinsicGas: gas.standard))
        } catch {
            return .failure(Refusal(reason: "\(error)"))
        }
    }
}
