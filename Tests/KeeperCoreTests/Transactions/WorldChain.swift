import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTesting
import KeeperTransactions
import Synchronization

@testable import KeeperCore
@testable import Simulation

/// The simulated world as processes meet it: nodes that speak JSON-RPC, a signer, a store. What is done to it is inspected as it
/// happens. Transactions are really signed; the world knows them by hashes of its own.
final class WorldChain: Sendable {
    struct State {
        let scenario: Scenario
        var world: World
        var dice: Dice
        var faults: Faults
        var inspector = Inspector()
        /// What is durable, with the world's hashes.
        var records = SimStore()
        var store = MemoryStore()
        var lines: [JSON] = []
        /// Of the process that is up.
        var life = 0
        var isUp = false
        var ids: [TransactionHash: Int] = [:]
        var hashes: [Int: TransactionHash] = [:]
        /// Transactions that no index of receipts ever shows.
        var unindexed: Set<Int> = []
        /// Forms of which a record was durable at some time.
        var durable: Set<Int> = []
        /// The broadcasts that reach no node at all, by the time at which they were decided.
        var offline: [TransactionHash: (time: MockClock.Instant, isOffline: Bool)] = [:]
        var questions = OpenQuestions()
        /// The first rule of the shell that was broken.
        var objection: String?
        /// Unix seconds of the next block.
        var time = World.genesisTime
        var watched: [TransactionHash] = []
        /// Unix seconds of the newest head that this process was told of.
        var headTime: UInt64 = 0
        var tally = ShellTally()
    }

    let state: Mutex<State>
    let clock: MockClock
    let key: LocalSigner
    let mutant: ShellMutant?
    /// Whether the first endpoint is a balancer in front of all nodes.
    let isBalanced: Bool

    init(seed: UInt64, kind: SimulationKind, clock: MockClock, mutant: ShellMutant?) throws {
        self.clock = clock
        self.mutant = mutant
        key = LocalSigner(try PrivateKey([UInt8](repeating: 7, count: 32)))
        var dice = Dice(seed)
        let scenario = Scenario(kind, &dice)
        let world = World(scenario, Dice(dice.next()))
        isBalanced = scenario.nodes > 1 && dice.happens(500)
        var state = State(scenario: scenario, world: world, dice: dice, faults: scenario.faults)
        if isBalanced {
            // Nodes behind a balancer matter where they are on different forks.
            (state.world.faults.lag, state.world.faults.reorganisation) = (250, 150)
        }
        self.state = Mutex(state)
    }

    func with<T: Sendable>(_ body: (inout State) throws -> T) rethrows -> T { try state.withLock { try body(&$0) } }

    func happens(_ fault: (Faults) -> Int) -> Bool {
        with { state in state.dice.happens(fault(state.faults)) }
    }

    func pick(_ low: Int, _ high: Int) -> Int { with { $0.dice.from(low, to: high) } }

    /// Whether a process still lives: a dead one does nothing to the world any more.
    func isAlive(_ life: Int) -> Bool { with { $0.isUp && $0.life == life } }

    func object(_ text: String) { with { $0.object(text) } }
}

extension WorldChain.State {
    mutating func object(_ text: String) { objection = objection ?? text }

    mutating func die() {
        guard isUp else { return }
        isUp = false
        tally.crashes += 1
        if dice.happens(scenario.storeLoss), !world.isCalm {
            store = MemoryStore()
            lines = []
            records.lose()
            inspector.lostAt = world.tip.number
            tally.losses += 1
        }
    }

    /// The hash under which others know a transaction.
    func hash(of id: Int) -> TransactionHash { hashes[id] ?? world.transactions[id].hash }

    /// The world's number of a transaction; `nil` if it was never signed.
    func id(of hash: TransactionHash) -> Int? {
        if let id = ids[hash] { return id }
        let id = hash[0] == 4 ? World.id(hash) : Int.max
        return world.transactions.indices.contains(id) && world.transactions[id].hash == hash ? id : nil
    }

    func block(_ hash: BlockHash) -> SimBlock? {
        let index = World.id(hash)
        return world.blocks.indices.contains(index) && world.blocks[index].header.hash == hash ? world.blocks[index] : nil
    }

    /// A signature was made.
    mutating func register(_ envelope: TransactionEnvelope) {
        let unsigned = envelope.unsigned
        let content: SimTransaction.Content
        let nonce: Nonce
        switch unsigned {
        case .feeMarket(let transaction):
            (content, nonce) = (transaction.data.first.map { .call(slot: Int($0)) } ?? .empty, transaction.nonce)
        case .legacy(let transaction):
            (content, nonce) = (transaction.data.first.map { .call(slot: Int($0)) } ?? .empty, transaction.nonce)
        case .accessList, .blob, .setCode: return object("signed a \(unsigned.type)")
        }
        let id = world.transaction(
            nonce: nonce, content, maxFee: unsigned.fees.maxFeePerGas.small, tip: unsigned.fees.maxPriorityFeePerGas.small,
            gasLimit: unsigned.transaction.gasLimit)
        ids[envelope.hash] = id
        hashes[id] = envelope.hash
        if faults.indexLag > 0, dice.happens(40) { unindexed.insert(id) }
        tally.forms += 1
    }
}
