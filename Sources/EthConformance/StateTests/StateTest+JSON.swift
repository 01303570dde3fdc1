internal import EthCodec
internal import EthPrimitives

extension StateTest {
    /// Reads all tests of a file.
    /// - Parameter name: of the file, for errors.
    public static func read(_ bytes: [UInt8], file name: String) throws(ConformanceError) -> [StateTest] {
        let json: JSON
        do throws(JSONError) {
            json = try JSONScanner.parse(bytes)
        } catch {
            throw ConformanceError(file: name, problem: "\(error)")
        }
        var tests: [StateTest] = []
        for (name, value) in try FieldValue(json: json, file: name, place: "").members() {
            tests.append(try StateTest(name, value))
        }
        guard !tests.isEmpty else { throw ConformanceError(file: name, problem: "there is no test in it") }
        return tests
    }

    private init(_ name: String, _ test: FieldValue) throws(ConformanceError) {
        self.name = name
        environment = try StateTestEnvironment(test.member("env"), config: test.optional("config"))
        pre = try StateTestAccount.all(test.member("pre"))
        transaction = try StateTestTransaction(test.member("transaction"))
        outcomes = []
        for (fork, list) in try test.member("post").members() {
            var ofFork: [Outcome] = []
            for entry in try list.elements() { ofFork.append(try Outcome(entry, transaction)) }
            outcomes.append((fork, ofFork))
        }
    }
}

extension StateTest.Outcome {
    fileprivate init(_ entry: FieldValue, _ transaction: StateTestTransaction) throws(ConformanceError) {
        let indexes = try entry.member("indexes")
        data = try Self.index(indexes.member("data"), below: transaction.data.count)
        gas = try Self.index(indexes.member("gas"), below: transaction.gasLimits.count)
        value = try Self.index(indexes.member("value"), below: transaction.values.count)
        stateRoot = try entry.member("hash").b256()
        logsHash = try entry.member("logs").b256()
        expectedException = try entry.optional("expectException")?.text()
        state = try entry.optional("state").map { (state) throws(ConformanceError) in try StateTestAccount.all(state) }
        self.transaction = try entry.optional("txbytes")?.bytes()
    }

    private static func index(_ value: FieldValue, below count: Int) throws(ConformanceError) -> Int {
        let index = try value.index()
        guard index < count else { throw value.expected("an index below \(count)") }
        return index
    }
}

extension StateTestAccount {
    /// Accounts by address, slots by number.
    fileprivate static func all(_ state: FieldValue) throws(ConformanceError) -> [Address: StateTestAccount] {
        var accounts: [Address: StateTestAccount] = [:]
        for (name, account) in try state.members() {
            var storage: [UInt256: UInt256] = [:]
            for (slot, value) in try account.optional("storage")?.members() ?? [] {
                storage[try value.name(slot).uint256()] = try value.uint256()
            }
            accounts[try account.name(name).address()] = StateTestAccount(
                nonce: try account.member("nonce").uint64(), balance: try account.member("balance").wei(),
                code: try account.member("code").bytes(), storage: storage)
        }
        return accounts
    }
}
