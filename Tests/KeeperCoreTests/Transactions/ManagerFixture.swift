import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTesting
import KeeperTransactions
import Synchronization

@testable import KeeperCore

/// A manager before a node that shows a chain made by hand.
final class ManagerFixture: Sendable {
    struct State {
        /// By number, from 0 on.
        var chain = PoolFixture.chain(0...120)
        var final: UInt64 = 60
        /// The account's nonce after each block.
        var nonces: [Nonce] = Array(repeating: 5, count: 200)
        var receipts: [TransactionHash: JSON] = [:]
        var pooled: Set<TransactionHash> = []
        /// Of whole blocks.
        var transactions: [UInt64: [JSON]] = [:]
        /// Blocks below have no state any more.
        var oldestState: UInt64 = 0
        /// Of the one slot that intents ask for, after each block from these on.
        var words: [UInt64: B256] = [:]
        var sent: [[UInt8]] = []
        /// What comes of a broadcast at the one node.
        var outcome = BroadcastReport.Outcome.accepted
        var storeFailure: StoreError?
        var balance = Wei.ether(5)
        /// Records that were durable when bytes were sent, each time.
        var durable: [Int] = []
    }

    static let key: LocalSigner = {
        guard let key = try? PrivateKey([UInt8](repeating: 7, count: 32)) else { preconditionFailure("these are a key") }
        return LocalSigner(key)
    }()
    static let topic = Keccak256.hash([3])
    static let target = Address(lowBytesOf: Keccak256.hash([2]))

    let state = Mutex(State())
    let store = MemoryStore()
    let news = Mutex<[TransactionNews]>([])

    var account: StoreAccount { StoreAccount(chainID: 1, address: Self.key.address) }

    init(adopted: Bool = true) throws {
        if adopted { try store.append([.adopted(nonce: 0, block: 0)], of: account, journal: []) }
    }

    var configuration: MachineConfiguration {
        let policy = TransactionPolicy(
            maxFeePerGas: .gwei(40), maxGasLimit: 500_000, maxSpendPerTransaction: .ether(1), maxSpendPerDay: .ether(10))
        return MachineConfiguration(chainID: 1, account: Self.key.address, policy: policy)
    }

    /// The key behind the policy, as `run` has it.
    private var policed: PolicySigner {
        PolicySigner(
            Self.key, SigningPolicy(configuration, contracts: [Self.target: Set([Selector([1, 2, 3, 4])].compactMap(\.self))]))
    }

    var node: ScriptedTransport { ScriptedTransport { try self.answer($0) } }

    func manager(
        _ nodes: [ScriptedTransport]? = nil, signer: (any Signer)? = nil, clock: RPCClock = .continuous,
        finality: Finality = .tag
    ) throws -> TransactionManager {
        try TransactionManager(
            configuration, nodes: Nodes(fixture: self, transports: nodes ?? [node]), signer: signer ?? policed,
            store: FailingStore(fixture: self), finality: finality, clock: clock,
            notify: { news in self.news.withLock { $0.append(news) } })
    }

    /// Runs a manager while the test uses it.
    func running(_ manager: TransactionManager, _ body: @Sendable @escaping () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await manager.run() }
            try await body()
            manager.drain()
            try await group.waitForAll()
        }
    }

    func head(_ number: UInt64) -> BlockHeader { state.withLock { $0.chain[Int(number)] } }

    static func wish(_ epoch: UInt64 = 1) -> TransactionIntent {
        TransactionIntent(
            id: IntentID(keeper: "k", target: "a", epoch: epoch), to: target, data: Bytes([1, 2, 3, 4]), gasLimit: 200_000,
            gasExpected: 150_000, fees: FeeCaps(maxFeePerGas: .gwei(3), maxPriorityFeePerGas: .gwei(1)), baseFeePerGas: .gwei(1),
            effects: [ExpectedEffect(name: "poke", address: target, topic: topic)], deadline: 9_999_999_999, maxAttempts: 2)
    }

    /// A transaction of the account is in a block.
    func mine(_ hash: TransactionHash, in header: BlockHeader, nonce: Nonce = 5, effect: Bool = true) {
        let place: [JSON.Member] = [
            .init("blockHash", .string(header.hash.description)), .init("blockNumber", Quantity.encode(header.number)),
            .init("transactionHash", .string(hash.description)),
        ]
        let log = JSON.object(
            place + [
                .init("address", .string(Self.target.hex)), .init("topics", .array([.string(Self.topic.description)])),
                .init("data", "0x"), .init("logIndex", "0x0"),
            ])
        let receipt = JSON.object(
            place + [
                .init("transactionIndex", "0x0"), .init("from", .string(Self.key.address.hex)), .init("to", .null),
                .init("status", "0x1"), .init("gasUsed", Quantity.encode(UInt64(100_000))),
                .init("effectiveGasPrice", Quantity.encode(UInt64(2_000_000_000))), .init("logs", .array(effect ? [log] : [])),
            ])
        state.withLock { state in
            state.receipts[hash] = receipt
            state.pooled.remove(hash)
            for number in Int(header.number)..<state.nonces.count { state.nonces[number] = max(state.nonces[number], nonce + 1) }
            state.transactions[header.number, default: []].append(
                .object([
                    "hash": .string(hash.description), "from": .string(Self.key.address.hex), "nonce": Quantity.encode(nonce),
                    "type": "0x7f",
                ]))
        }
    }

    /// Its block gave way to one without it.
    func unmine(_ hash: TransactionHash, in header: BlockHeader, nonce: Nonce = 5) {
        state.withLock { state in
            state.receipts[hash] = nil
            state.pooled.insert(hash)
            for number in Int(header.number)..<state.nonces.count { state.nonces[number] = nonce }
            state.transactions[header.number] = nil
        }
    }

    var hashes: [TransactionHash] { state.withLock { $0.sent.map { Keccak256.hash($0) } } }
    /// Lines of the journal that tell of ends.
    var finals: [JSON] { store.journal.filter { $0["kind"] == "final" } }
    var alerts: [TransactionAlert] {
        news.withLock { $0.compactMap { if case .alert(let alert) = $0 { alert } else { nil } } }
    }

    // MARK: - The node

    func answer(_ request: RPCRequest) throws -> JSON {
        try state.withLock { state in
            switch request.method {
            case "eth_getBalance": return Quantity.encode(state.balance.rawValue)
            case "eth_getTransactionCount":
                let number = try Self.number(request.params.last, state)
                guard number >= state.oldestState else { throw ScriptedTransport.error(-32000, "missing trie node") }
                return Quantity.encode(state.nonces[Int(number)])
            case "eth_getStorageAt":
                let number = try Self.number(request.params.last, state)
                guard number >= state.oldestState else { throw ScriptedTransport.error(-32000, "missing trie node") }
                return .string((state.words.filter { $0.key <= number }.max { $0.key < $1.key }?.value ?? B256()).description)
            case "eth_getBlockByNumber":
                let number = try Self.number(request.params.first, state)
                guard request.params.last?.bool == true else { return PoolFixture.json(state.chain[Int(number)]) }
                return .object([
                    "hash": .string(state.chain[Int(number)].hash.description),
                    "transactions": .array(state.transactions[number] ?? []),
                ])
            case "eth_getTransactionReceipt":
                return state.receipts[try TransactionHash(hex: request.params.first?.string ?? "")] ?? .null
            case "eth_getTransactionByHash":
                let hash = try TransactionHash(hex: request.params.first?.string ?? "")
                return state.pooled.contains(hash)
                    ? .object(["hash": .string(hash.description), "blockHash": .null]) : .null
            case "eth_getBlockReceipts": return .null
            case "eth_feeHistory":
                return .object([
                    "oldestBlock": Quantity.encode(try Self.number(request.params[1], state)),
                    "baseFeePerGas": ["0x3b9aca00", "0x3b9aca00"], "reward": [["0x3b9aca00", "0x3b9aca00", "0x3b9aca00"]],
                ])
            default: throw ScriptedTransport.error(-32601, "the method \(request.method) does not exist")
            }
        }
    }

    private static func number(_ parameter: JSON?, _ state: State) throws -> UInt64 {
        if let hash = parameter?["blockHash"]?.string {
            guard let block = state.chain.first(where: { $0.hash.description == hash }) else {
                throw ScriptedTransport.error(-32000, "header not found")
            }
            return block.number
        }
        switch parameter?.string {
        case "finalized": return state.final
        case "latest", "pending": return UInt64(state.chain.count - 1)
        case let text?: if let number = Quantity.parse(text)?.asUInt64, number < state.chain.count { return number }
        case nil: break
        }
        throw ScriptedTransport.error(-32000, "header not found")
    }

    private struct Nodes: TransactionNodes {
        let fixture: ManagerFixture
        let transports: [ScriptedTransport]

        var everyNode: [NodeView] { transports.indices.map { NodeView("node \($0)", Provider(transports[$0])) } }
        func view(at head: BlockHeader, besides asked: Set<String>) -> NodeView? { everyNode.first { !asked.contains($0.label) } }

        func broadcast(_ signed: [UInt8]) async throws -> BroadcastReport {
            let records = try fixture.store.records(of: fixture.account)
            return fixture.state.withLock { state in
                state.sent.append(signed)
                state.durable.append(records.count { if case .signed = $0 { true } else { false } })
                let hash = Keccak256.hash(signed)
                if case .accepted = state.outcome { state.pooled.insert(hash) }
                return BroadcastReport(hash: hash, outcomes: [("node 0", state.outcome)])
            }
        }
    }

    private struct FailingStore: Store {
        let fixture: ManagerFixture

        func records(of account: StoreAccount) throws(StoreError) -> [Record] { try fixture.store.records(of: account) }
        func append(_ records: [Record], of account: StoreAccount, journal: [JSON]) throws(StoreError) {
            if let failure = fixture.state.withLock({ $0.storeFailure }) { throw failure }
            try fixture.store.append(records, of: account, journal: journal)
        }
        func memory(of keeper: String) throws(StoreError) -> [UInt8]? { nil }
        func setMemory(_ bytes: [UInt8], of keeper: String) throws(StoreError) {}
    }
}

extension MemoryStore {
    /// The lines of the journal.
    var journal: [JSON] { contents.journal.compactMap { try? JSONScanner.parse($0) } }  // it wrote them itself
}
