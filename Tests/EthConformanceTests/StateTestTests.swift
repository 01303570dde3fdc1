import EthCodec
import EthEVM
import EthPrimitives
import EthTransactions
import TestSupport
import Testing

@testable import EthConformance

@Suite("State tests") struct StateTestTests {
    static let names = (try? OwnStateTests.all().map(\.name)) ?? []

    private func run(_ test: StateTest, fork: Fork? = nil) -> [StateTestResult] {
        StateTestRunner().run(test, test.cases(file: "state.json", fork: fork))
    }

    @Test("of our own pass at each fork, or call what is not built in", arguments: names)
    func own(_ name: String) throws {
        let results = run(try OwnStateTests.named(name))
        for result in results.failed { Issue.record("\(result.testCase.fork) \(result.testCase.variant): \(result.verdict)") }
        #expect(!results.isEmpty)
        if name != "precompiles" { #expect(results.passed.count == results.count) }
    }

    @Test("are as many as were made")
    func count() throws {
        let tests = try OwnStateTests.all()
        #expect(tests.count == 20)
        #expect(tests.flatMap(\.outcomes).reduce(0) { $0 + $1.outcomes.count } == 285)
        #expect(run(tests[0], fork: .paris).allSatisfy { $0.testCase.fork == "Paris" } && run(tests[0], fork: .paris).count == 6)
        #expect(run(tests[0], fork: .osaka).isEmpty)
    }

    @Test("fail if the state afterwards is another, and it is said what is expected and what was found")
    func otherState() throws {
        let right = try #require(OwnStateTests.named("logs").outcomes.last?.outcomes.first)
        let test = try OwnStateTests.altered("logs", [("\(right.stateRoot)", "\(B256())")])
        let results = run(test, fork: .prague)
        #expect(results.count == 1 && results.failed.count == 1)
        #expect(
            results.firstDifferences == [
                StateTestDifference("state root", expected: "\(B256())", found: "\(right.stateRoot)")
            ])
        #expect(results.first?.changes != nil && results.first?.execution?.succeeded == true)
    }

    @Test("fail if the logs are others")
    func otherLogs() throws {
        let right = try #require(OwnStateTests.named("logs").outcomes.last?.outcomes.first)
        let test = try OwnStateTests.altered("logs", [("\(right.logsHash)", "\(B256())")])
        #expect(
            run(test, fork: .prague).firstDifferences == [
                StateTestDifference("logs hash", expected: "\(B256())", found: "\(right.logsHash)")
            ])
    }

    @Test(
        "fail if the state before, the block or the transaction is another",
        arguments: [
            ("transfer", "0x0de0b6b3a7640000", "0x0de0b6b3a7640001"), ("environment", "\"0x65a0bc00\"", "\"0x65a0bc01\""),
            ("environment", "0x5a5a", "0x5a5b"), ("environment", "\"gasPrice\":\"0x0c\"", "\"gasPrice\":\"0x0d\""),
            ("environment", "\"0x0a\"", "\"0x0b\""), ("blockHashes", "\"0x012c\"", "\"0x012d\""),
            ("cancun", "\"0x01000000\"", "\"0x01100000\""), ("refunds", "\"0x09\":\"0x01\"", "\"0x09\":\"0x02\""),
            ("delegations", "\"v\":\"0x00\"", "\"v\":\"0x01\""),
            ("accessLists", "\"storageKeys\":[]", "\"storageKeys\":[\"0x03\"]"),
            ("transfer", "\"to\":\"0xc1", "\"to\":\"0xc2"),
        ])
    func otherInput(_ name: String, _ old: String, _ new: String) throws {
        let test = try OwnStateTests.altered(name, [(old, new)])
        #expect(!run(test).failed.isEmpty)
    }

    @Test("with a state afterwards name the account, the field and the slot that differ")
    func namedDifferences() throws {
        let test = try OwnStateTests.named("calls")
        var altered = test
        let results = run(test, fork: .cancun)
        let changes = try #require(results.first?.execution)
        #expect(changes.succeeded)
        // The state that is right, with a few things changed.
        let wrong = try OwnStateTests.altered(
            "calls", [("\"hash\":\"\(test.outcomes[3].outcomes[0].stateRoot)\"", "\"hash\":\"\(B256())\"")])
        let found = try #require(run(wrong, fork: .cancun).first?.changes)
        let after = StateTestState(test.pre).accounts(after: found)
        let sender = test.transaction.sender
        let contract = try #require(test.transaction.recipient)
        altered = wrong
        var expected = after
        expected[sender]?.nonce = 7
        expected[contract]?.storage[1] = 99
        expected[.zero] = StateTestAccount(balance: Wei(1))
        altered.outcomes[3].outcomes[0].state = expected
        let differences = run(altered, fork: .cancun).firstDifferences
        #expect(
            differences.map(\.what).sorted() == [
                "account \(Address.zero)", "nonce of \(sender)", "slot 0x1 of \(contract)", "state root",
            ])
        #expect(differences.first == StateTestDifference("account \(Address.zero)", expected: "one", found: "none"))
        #expect(differences.contains { $0.what.hasPrefix("slot") && $0.expected == "0x63" })
    }

    @Test("that expect a refusal fail if there is none, or another one, and the others if there is one")
    func refusals() throws {
        #expect(run(try OwnStateTests.named("tooPoor")).passed.count == 5)
        let rich = try OwnStateTests.altered("tooPoor", [("\"0xb71aff\"", "\"0xb71b00\"")])
        #expect(run(rich).failed.count == 5)
        #expect(run(rich).firstDifferences.first?.found == "executed")
        let other = try OwnStateTests.altered("tooPoor", [("INSUFFICIENT_ACCOUNT_FUNDS", "NONCE_IS_MAX")])
        #expect(run(other).firstDifferences.first?.what == "transaction")
        let either = try OwnStateTests.altered(
            "tooPoor", [("INSUFFICIENT_ACCOUNT_FUNDS", "NONCE_IS_MAX|TransactionException.INSUFFICIENT_ACCOUNT_FUNDS")])
        #expect(run(either).passed.count == 5)
        let poor = try OwnStateTests.altered("transfer", [("\"0x0de0b6b3a7640000\"", "\"0x01\"")])
        let differences = run(poor).firstDifferences
        #expect(
            differences.first?.expected == "executed" && differences.first?.found.hasPrefix("refused: insufficient funds") == true
        )
        let otherRoot = try #require(OwnStateTests.named("tooPoor").outcomes.first?.outcomes.first?.stateRoot)
        let moved = try OwnStateTests.altered("tooPoor", [("\(otherRoot)", "\(B256())")])
        #expect(run(moved).firstDifferences.map(\.what) == ["state root"])
    }

    @Test("with numbers that no transaction can hold are refused")
    func unrepresentable() throws {
        for (old, new) in [
            ("\"gasLimit\":[\"0x0f4240\"]", "\"gasLimit\":[\"0x010000000000000000\"]"),
            ("\"value\":[\"0x00\"]", "\"value\":[\"0x:bigint 0x01\(String(repeating: "00", count: 32))\"]"),
            ("\"gasPrice\":\"0x0c\"", "\"gasPrice\":\"0x01\(String(repeating: "00", count: 32))\""),
        ] {
            let test = try OwnStateTests.altered("tooPoor", [(old, new)])
            #expect(run(test).passed.count == 5, "\(new)")
        }
    }

    @Test("of forks whose rules are not here are left out, by name")
    func otherForks() throws {
        let test = try OwnStateTests.altered("logs", [("\"London\"", "\"Berlin\""), ("\"Paris\"", "\"Verkle\"")])
        let omitted = run(test).compactMap { result in
            if case .skipped(let omission) = result.verdict { omission } else { nil }
        }
        #expect(omitted == [.fork("Berlin"), .fork("Verkle")])
    }

    @Test("say in which file and where something is missing or wrong")
    func malformed() throws {
        let whole = String(decoding: OwnStateTests.bytes, as: UTF8.self)
        for (old, new, place, problem) in [
            ("\"currentNumber\":\"0x012c\"", "\"currentNumber\":300", "transfer.env.currentNumber", "expected a string, got 300"),
            ("\"currentNumber\":\"0x012c\"", "\"n\":1", "transfer.env", "\"currentNumber\" is missing"),
            (
                "\"indexes\":{\"data\":0,", "\"indexes\":{\"data\":9,", "transfer.post.London[0].indexes.data",
                "expected an index below 1, got 9"
            ),
            (
                "\"0x65a0bc00\"", "\"65a0bc00\"", "transfer.env.currentTimestamp",
                "expected a number in 0x hexadecimal, got \"65a0bc00\""
            ),
            (
                "\"code\":\"0x\"", "\"code\":\"0x1\"", nil,
                "expected 0x bytes (expected an even number of hexadecimal digits, got 1)"
            ),
            ("\"secretKey\":\"0x", "\"secretKey\":\"0xf", "transfer.transaction.secretKey", "hexadecimal"),
            ("\"post\":{\"London\":[", "\"post\":{\"London\":[7,", "transfer.post.London[0]", "expected an object, got 7"),
            ("\"data\":[\"0x\"]", "\"data\":\"0x\"", "transfer.transaction.data", "expected an array"),
        ] as [(String, String, String?, String)] {
            let text = whole.replacing(old, with: new, maxReplacements: 1)
            #expect(text != whole)
            do {
                _ = try StateTest.read(Array(text.utf8), file: "bad.json")
                Issue.record("\(new) was taken")
            } catch {
                #expect(error.file == "bad.json" && error.problem.contains(problem), "\(error)")
                if let place { #expect(error.place == place, "\(error)") }
            }
        }
        #expect(throws: ConformanceError(file: "a", problem: "JSON ends early, after 1 bytes")) {
            try StateTest.read([0x7B], file: "a")
        }
        #expect(throws: ConformanceError(file: "a", problem: "there is no test in it")) {
            try StateTest.read(Array("{}".utf8), file: "a")
        }
    }

    @Test("are whole wherever they are cut or altered: an error, or tests")
    func anyBytes() throws {
        var random = SeededRandom(5)
        let text = try JSONWriter.bytes(of: .object([.init("floor", #require(JSONScanner.parse(OwnStateTests.bytes)["floor"]))]))
        for _ in 0..<400 {
            let altered = random.mutation(of: text)
            do throws(ConformanceError) {
                for test in try StateTest.read(altered, file: "x") { _ = run(test) }
            } catch { #expect(error.file == "x") }
        }
    }

    @Test("name the variant as its list and index do: the signed transaction is the one that is run")
    func signed() throws {
        var compared = 0
        for test in try OwnStateTests.all() {
            for outcome in test.outcomes.flatMap(\.outcomes) {
                guard let bytes = outcome.transaction else { continue }
                let envelope = try TransactionEnvelope(decoding: bytes)
                let variant = try test.transaction.variant(data: outcome.data, gas: outcome.gas, value: outcome.value)
                #expect(try EVMTransaction(envelope.unsigned, from: envelope.sender()) == variant, "\(test.name)")
                compared += 1
            }
        }
        #expect(compared > 40)
    }
}
