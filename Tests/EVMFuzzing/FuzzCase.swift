import EthEVM
import EthPrimitives
import EthTransactions

/// A program with all that it runs in: state, block, transactions.
public struct FuzzCase: Sendable {
    /// Where programs come from.
    public enum Source: String, CaseIterable, Sendable {
        case grammar, randomBytes, randomInstructions, mutatedGrammar, realCode, mutatedCode, limit, deep
    }

    public let seed: UInt64
    public let number: UInt64
    public var source = Source.grammar
    var environment: BlockEnvironment
    var state: MemoryState
    /// One after the other, without a reset.
    var transactions: [EVMTransaction]
    var checks: TransactionChecks
    /// Of a hundred accounts and slots, so many are not known to the reader.
    var missing = 0
    /// How the outermost frame must end; `nil` if anything may happen.
    var expected: FrameOutcome?
    /// The code that the case is about.
    public var program: [UInt8] = []
}

extension FuzzCase {
    init(_ world: FuzzWorld, seed: UInt64, number: UInt64) {
        var dice = Dice(seed: seed, number: number)
        let fork = dice.pick(FuzzWorld.forks)
        self.seed = seed
        self.number = number
        environment = BlockEnvironment(
            chainID: 1, fork: fork, number: 300, timestamp: 1_700_000_000,
            feeRecipient: dice.pick([
                FuzzAddresses.producer, FuzzAddresses.producer, FuzzAddresses.sender, FuzzAddresses.main, FuzzAddresses.nobody,
            ]),
            prevRandao: B256(), baseFeePerGas: Wei(UInt256(UInt64(dice.below(3) * 7))))
        state = MemoryState()
        transactions = []
        checks = dice.chance(85) ? .all : []
        writeProgram(world, &dice)
        placeAccounts(world, &dice)
        for _ in 0..<(dice.chance(12) ? 2 : 1) { transactions.append(transaction(world, &dice)) }
        if source == .limit || source == .deep { aimAtProgram(&dice) } else if dice.chance(6) { missing = 25 }
    }

    // MARK: The program

    private mutating func writeProgram(_ world: FuzzWorld, _ dice: inout Dice) {
        let fork = environment.fork
        switch dice.below(1_000) {
        case ..<440: program = Grammar.program(&dice, fork, pieces: 4 + dice.below(24))
        case ..<580:
            source = .randomBytes
            program = dice.bytes(1 + dice.below(200))
        case ..<720:
            source = .randomInstructions
            program = Self.randomInstructions(&dice)
        case ..<860:
            source = .mutatedGrammar
            program = Self.mutated(Grammar.program(&dice, fork, pieces: 4 + dice.below(24)), &dice)
        case ..<900:
            source = .realCode
            program = dice.pick(world.realCode.runtimes)
        case ..<985:
            source = .mutatedCode
            program = Self.mutated(dice.pick(world.realCode.runtimes), &dice)
        case ..<999:
            source = .limit
            (program, expected) = LimitProgram.make(&dice, fork)
        default:
            source = .deep
            program = LimitProgram.deep(&dice)
        }
    }

    /// Bytes that are instructions, pushes of small numbers twice as often as anything else.
    private static func randomInstructions(_ dice: inout Dice) -> [UInt8] {
        var code: [UInt8] = []
        for _ in 0..<(4 + dice.below(120)) {
            switch dice.below(8) {
            case ..<3: code += [0x60, UInt8(dice.below(64))]
            case 3: code += [0x80 + UInt8(dice.below(32))]
            case 4: code += [UInt8(dice.below(0x20))]
            case 5: code += [0x50 + UInt8(dice.below(15))]
            case 6: code += [0x30 + UInt8(dice.below(27))]
            default: code += [dice.pick([0x20, 0x5b, 0xa0, 0xa1, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xfa, 0xfd, 0xff, 0x5f])]
            }
        }
        return code
    }

    static func mutated(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<(1 + dice.below(6)) where !bytes.isEmpty {
            let at = dice.below(bytes.count)
            switch dice.below(5) {
            case 0: bytes[at] = dice.byte()
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(dice.byte(), at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + dice.below(12)))
            default: bytes[at] ^= 1 << UInt8(dice.below(8))
            }
        }
        return bytes
    }

    // MARK: State

    private mutating func placeAccounts(_ world: FuzzWorld, _ dice: inout Dice) {
        let rich = Wei(UInt256(limbs: 0, 1 << 36, 0, 0))
        state.accounts[FuzzAddresses.sender] = Account(nonce: UInt64(dice.below(3)), balance: rich)
        state.accounts[FuzzAddresses.main] = Account(
            nonce: 1, balance: Wei(UInt256(UInt64(dice.below(1_000)))), code: Bytecode(program))
        state.accounts[FuzzAddresses.person] = Account(nonce: 3, balance: Wei(77))
        let codes = world.codes(environment.fork)
        for callee in FuzzAddresses.callees {
            state.accounts[callee] = Account(nonce: 1, balance: Wei(UInt256(UInt64(dice.below(50)))), code: dice.pick(codes))
        }
        if environment.fork >= .prague {
            let target = dice.pick([
                FuzzAddresses.main, FuzzAddresses.callees[0], FuzzAddresses.delegated, FuzzAddresses.nobody, Self.identity,
            ])
            state.accounts[FuzzAddresses.delegated] = Account(nonce: 9, balance: Wei(5), code: .delegation(to: target))
        }
        for slot in 0..<3 as Range<UInt64> where dice.chance(50) {
            state.storage[FuzzAddresses.main, default: [:]][UInt256(slot)] = UInt256(1 + UInt64(dice.below(3)))
            state.storage[dice.pick(FuzzAddresses.callees), default: [:]][UInt256(slot)] = UInt256(UInt64(slot + 1))
        }
    }

    private static let identity = Address(lowBytesOf: UInt256(UInt64(4)).bigEndianBytes)

    // MARK: Transactions

    private func transaction(_ world: FuzzWorld, _ dice: inout Dice) -> EVMTransaction {
        var transaction = EVMTransaction(
            sender: FuzzAddresses.sender, recipient: FuzzAddresses.main, data: Self.data(world, &dice),
            gasLimit: Self.gasLimit(&dice))
        if dice.chance(30) { transaction.value = Wei(UInt256(UInt64(dice.below(2_000)))) }
        transaction.fees = FeeCaps(maxFeePerGas: Wei(50), maxPriorityFeePerGas: Wei(UInt256(UInt64(dice.below(4)))))
        switch dice.below(20) {
        case 0:
            transaction.recipient = nil
            transaction.data =
                dice.chance(30) ? dice.pick(world.realCode.creations) : dice.chance(50) ? program : Grammar.deployer(&dice)
        case 1: transaction.recipient = dice.pick(FuzzAddresses.addresses)
        case 2: transaction.recipient = Address(lowBytesOf: UInt256(UInt64(1 + dice.below(9))).bigEndianBytes)
        default: break
        }
        if dice.chance(10) {
            transaction.accessList = AccessList([
                AccessList.Entry(address: FuzzAddresses.main, storageKeys: [B256(), UInt256(UInt64(1)).bigEndianBytes]),
                AccessList.Entry(address: dice.pick(FuzzAddresses.addresses)),
            ])
        }
        if environment.fork >= .cancun, transaction.recipient != nil, dice.chance(5) {
            let hash = B256(unsafeFilledBy: { $0.initializeMemory(as: UInt8.self, repeating: 1) })
            transaction.blobs = EVMTransaction.Blobs(
                maxFeePerBlobGas: Wei(3), versionedHashes: [B256](repeating: hash, count: 1 + dice.below(3)))
        } else if environment.fork >= .prague, transaction.recipient != nil, dice.chance(5) {
            transaction.authorizationList = (0..<(1 + dice.below(3))).map { _ in dice.pick(world.authorizations) }
            if dice.chance(40) { transaction.recipient = dice.pick(world.authorities) }
        }
        return transaction
    }

    private static func data(_ world: FuzzWorld, _ dice: inout Dice) -> [UInt8] {
        switch dice.below(4) {
        case 0: []
        case 1: dice.pick(world.realCode.selectors) + dice.bytes(32 * dice.below(3))
        case 2: dice.pick(world.realCode.selectors) + (0..<(1 + dice.below(3))).flatMap { _ in dice.word().bigEndianBytes.bytes }
        default: dice.bytes(dice.below(100))
        }
    }

    /// Mostly enough for a few hundred instructions and a few writes.
    private static func gasLimit(_ dice: inout Dice) -> Gas {
        switch dice.below(100) {
        case ..<4: Gas(20_900 + dice.below(10_000))
        case ..<60: Gas(40_000 + dice.below(100_000))
        case ..<95: Gas(100_000 + dice.below(400_000))
        default: Gas(300_000 + dice.below(1_200_000))
        }
    }

    /// One transaction that surely runs the program.
    private mutating func aimAtProgram(_ dice: inout Dice) {
        let gas: Gas = source == .deep ? 1 << 44 : 200_000
        if source == .deep { checks = [] }
        transactions = [
            EVMTransaction(
                sender: FuzzAddresses.sender, recipient: FuzzAddresses.main, gasLimit: gas,
                fees: FeeCaps(maxFeePerGas: Wei(50), maxPriorityFeePerGas: .zero))
        ]
        if source == .limit, dice.chance(40) { transactions += transactions }
    }
}
