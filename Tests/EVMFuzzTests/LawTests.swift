import EthEVM
import EthPrimitives
import EthTransactions
import Testing

@testable import EVMFuzzing

/// Laws that take a true result and refuse it when it is tampered with.
@Suite("fuzz-evm, the laws")
struct LawTests {
    private static let other = Address(lowBytesOf: UInt256(UInt64(0xff)).bigEndianBytes)
    private static let inner = FuzzAddresses.callees[0]

    /// A contract that logs, writes, clears a slot, calls another with a value and one in a static call.
    private static func example() throws -> (result: ExecutionResult, before: MemoryState, after: MemoryState) {
        var code = CodeWriter(hasPush0: false)
        // A log, a new slot, a slot that becomes zero.
        code.add(0x60, 1, 0x60, 0, 0xa0, 0x60, 7, 0x60, 5, 0x55, 0x60, 0, 0x60, 6, 0x55)
        for operand in [0, 0, 0, 0, 3] { code.push(operand) }
        code.push(inner)
        code.add(0x5a, 0xf1)
        for operand in [0, 0, 0, 0] { code.push(operand) }
        code.push(inner)
        code.add(0x5a, 0xfa, 0x60, 32, 0x60, 0, 0xf3)
        var state = MemoryState()
        state.accounts[FuzzAddresses.sender] = Account(balance: Wei(1_000_000_000))
        state.accounts[FuzzAddresses.main] = Account(nonce: 1, balance: Wei(10), code: Bytecode(code.bytes))
        state.accounts[inner] = Account(nonce: 1, code: Bytecode([0x34, 0x15, 0x60, 7, 0x57, 0x5b, 0x00, 0x5b, 0x00]))
        state.storage[FuzzAddresses.main] = [6: 1]
        let machine = EVM(environment, reader: state)
        let result = try machine.execute(transaction, tracing: true)
        var after = state
        after.apply(machine.changes)
        return (result, state, after)
    }

    private static let environment = BlockEnvironment(
        chainID: 1, fork: .cancun, number: 300, timestamp: 1, feeRecipient: FuzzAddresses.producer, baseFeePerGas: Wei(7))
    private static let transaction = EVMTransaction(
        sender: FuzzAddresses.sender, recipient: FuzzAddresses.main, data: [1, 2], gasLimit: 200_000,
        fees: FeeCaps(maxFeePerGas: Wei(50), maxPriorityFeePerGas: Wei(2)))

    @Test("take what is true")
    func truth() throws {
        let (result, before, after) = try Self.example()
        #expect(result.succeeded && result.gasRefunded == 4_800 && result.trace?.children.count == 2)
        try GasLaws.check(result, Self.transaction, .cancun)
        try Self.laws.check(Self.transaction, result, destroyed: [], before, after)
        var laws = TraceLaws(.cancun)
        try laws.check(#require(result.trace))
        #expect(laws.frames == 3 && laws.depth == 1 && laws.logs == result.logs && laws.writes == 2)
    }

    private static let laws = StateLaws(environment: environment, checks: .all, authorities: [])

    static let gasLies: [@Sendable (inout ExecutionResult) -> Void] = [
        { $0.gasUsed += 1 }, { $0.gasUsed -= 1 }, { $0.gasSpent += 1 }, { $0.gasSpent = 200_001 },
        { $0.gasRefunded = $0.gasSpent },
        { $0.gasRefunded += 1 }, { $0.outcome = .reverted }, { $0.output = [] },
        {
            ($0.gasSpent, $0.gasUsed, $0.gasRefunded) = (20_999, 20_999, 0)
        },
        { $0.trace?.gasGiven += 1 }, { $0.trace?.refund = 0 }, { $0.trace?.refund = -1 },
    ]

    @Test("refuse gas that is not accounted for", arguments: gasLies.indices)
    func gas(index: Int) throws {
        var result = try Self.example().result
        Self.gasLies[index](&result)
        #expect(throws: Violation.self) { try GasLaws.check(result, Self.transaction, .cancun) }
    }

    static let traceLies: [@Sendable (inout FrameTrace) -> Void] = [
        { $0.gasUsed = $0.gasGiven + 1 },
        { $0.outcome = .halted(.outOfGas) },
        { $0.outcome = .refused(.insufficientBalance) },
        { $0.outcome = .refused(.depth) },
        { $0.outcome = .reverted },
        { $0.children[0].gasUsed = $0.gasUsed + 1 },
        { $0.children[0].gasGiven = $0.gasGiven },
        { $0.children[0].outcome = .halted(.codeTooLarge) },
        { $0.children[0].outcome = .halted(.writeInStaticCall) },
        { $0.children[0].from = other },
        { $0.children[0].kind = .delegateCall },
        { $0.children[1].value = Wei(1) },
        { $0.children[1].logs = [EVMLog(address: inner, topics: [], data: [])] },
        { $0.children[1].children = [$0.children[0]] },
        { frame in frame.logs[0].address = other },
        { frame in frame.writes[0].address = other },
        { $0.output = [UInt8](repeating: 0, count: 1_000_000) },
    ]

    @Test("refuse frames that do not fit each other", arguments: traceLies.indices)
    func trace(index: Int) throws {
        var trace = try #require(try Self.example().result.trace)
        Self.traceLies[index](&trace)
        #expect(throws: Violation.self) {
            var laws = TraceLaws(.cancun)
            try laws.check(trace)
        }
    }

    @Test("refuse a frame below the deepest", arguments: [(1_024, false), (1_025, true)])
    func depth(levels: Int, breaks: Bool) throws {
        let leaf = try #require(try Self.example().result.trace?.children[1])
        var trace = leaf
        (trace.gasGiven, trace.gasUsed, trace.from) = (100, 0, trace.to)
        for _ in 0..<levels {
            var outer = trace
            // A 64th is left behind at each step.
            outer.gasGiven = trace.gasGiven * 64 / 63 + 2
            outer.children = [trace]
            trace = outer
        }
        var laws = TraceLaws(.cancun)
        do {
            try laws.check(trace)
            #expect(!breaks && laws.depth == levels)
        } catch {
            #expect(breaks && "\(error)".contains("depth"))
        }
    }

    static let stateLies: [@Sendable (inout MemoryState) -> Void] = [
        { $0.accounts[other] = Account(balance: Wei(1)) },
        { $0.accounts[FuzzAddresses.producer] = nil },
        { $0.accounts[FuzzAddresses.sender]?.nonce = 0 },
    ]

    @Test("refuse ether from nowhere and a nonce that stays", arguments: stateLies.indices)
    func state(index: Int) throws {
        var (result, before, after) = try Self.example()
        Self.stateLies[index](&after)
        #expect(throws: Violation.self) { try Self.laws.check(Self.transaction, result, destroyed: [], before, after) }
        result.createdAddress = Self.other
        #expect(throws: Violation.self) { try Self.laws.check(Self.transaction, result, destroyed: [], before, after) }
    }

    @Test("refuse what a failed transaction leaves behind")
    func failure() throws {
        var (result, before, after) = try Self.example()
        (result.outcome, result.logs) = (.reverted, [])
        var clean = before
        clean.accounts[FuzzAddresses.sender] = after.accounts[FuzzAddresses.sender]
        clean.accounts[FuzzAddresses.producer] = after.accounts[FuzzAddresses.producer]
        try Self.laws.check(Self.transaction, result, destroyed: [], before, clean)
        #expect(throws: Violation.self) { try Self.laws.check(Self.transaction, result, destroyed: [], before, after) }
        var written = clean
        written.storage[FuzzAddresses.main] = [6: 2]
        #expect(throws: Violation.self) { try Self.laws.check(Self.transaction, result, destroyed: [], before, written) }
        result.logs = [EVMLog(address: Self.inner, topics: [], data: [])]
        #expect(throws: Violation.self) { try Self.laws.check(Self.transaction, result, destroyed: [], before, clean) }
    }
}
