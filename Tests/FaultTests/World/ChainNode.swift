import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTestServer
import Synchronization

/// A node's view of the world, with its own pool and its own oddities; it answers behind a fault server.
final class ChainNode: Sendable {
    struct Oddities: Sendable {
        var chainID: UInt64 = 1337
        /// Blocks behind the world.
        var lag = 0
        /// Seconds that it stamps its newest block ahead of time.
        var ahead: UInt64 = 0
        /// What it says to signed bytes instead of the hash, and whether it takes them all the same.
        var refusal: (refusal: TestNode.Refusal, takes: Bool)?
        /// It names another hash than that of the bytes.
        var misnames = false
        /// Its price is another than that of the world.
        var lies = false
        /// Looks for a receipt that find none although it is there.
        var blindLooks = 0
        /// It stands for two nodes behind a balancer, which take turns: the second is a block behind.
        var flips = false
        /// It does not count what waits in the pending nonce.
        var hasStalePending = false
        /// It shows its pool, gaps too.
        var showsQueue = false
    }

    struct State: Sendable {
        var oddities: Oddities
        /// Its pool.
        var pool: [TransactionHash] = []
        /// Bodies that were answered so far.
        var turns = 0
    }

    let world: ChainWorld
    let state: Mutex<State>

    init(_ world: ChainWorld, _ oddities: Oddities) {
        self.world = world
        state = Mutex(State(oddities: oddities))
    }

    var answers: TestNode {
        TestNode { request throws(TestNode.Refusal) in
            do { return try self.answer(request) } catch let error as TestNode.Refusal { throw error } catch {
                throw TestNode.Refusal(-32602, "invalid params: \(error)")
            }
        }
    }

    func change(_ body: (inout Oddities) -> Void) { state.withLock { body(&$0.oddities) } }

    /// It forgets what waits.
    func forget() { state.withLock { $0.pool = [] } }

    private var oddities: Oddities { state.withLock { $0.oddities } }

    var head: BlockHeader {
        let (oddities, turns) = state.withLock { ($0.oddities, $0.turns) }
        var head = world.header(below: oddities.lag + (oddities.flips ? turns % 2 : 0))
        if oddities.ahead > 0 {
            head.timestamp += oddities.ahead
            head.hash = Keccak256.hash(head.hash.bytes)
        }
        return head
    }

    private func answer(_ request: RPCRequest) throws -> JSON {
        let first = request.params.first
        // The first of a body.
        if request.id <= 1 { state.withLock { $0.turns += 1 } }
        switch request.method {
        case "eth_chainId": return Quantity.encode(oddities.chainID)
        case "eth_blockNumber": return Quantity.encode(head.number)
        case "eth_getBlockByNumber": return block(named: first?.string ?? "", isWhole: request.params.last?.bool == true)
        case "eth_getBlockByHash":
            let hash = try BlockHash(hex: first?.string ?? "")
            if hash == head.hash { return Self.json(head) }
            return world.block(hash).map(\.header).flatMap { $0.number <= head.number ? Self.json($0) : nil } ?? .null
        case "eth_getBalance": return Quantity.encode(try block(request).header.number * 1_000_000_000_000_000)
        case "eth_getTransactionCount": return Quantity.encode(try nonce(request))
        case "eth_getStorageAt":
            let block = try block(request)
            if request.params[1] == "0x0" { return .string(UInt256(block.epoch).bigEndianBytes.description) }
            let price = ChainWorld.price(at: oddities.lies ? BlockHash() : block.header.hash)
            return .string(price.description)
        case "eth_getTransactionByHash": return transaction(try TransactionHash(hex: first?.string ?? ""))
        case "txpool_contentFrom" where oddities.showsQueue: return queue
        case "eth_feeHistory": return try history(request)
        case "eth_getBlockReceipts":
            return .array(try block(request).mined.map { receipt($0) })
        case "eth_getTransactionReceipt": return receipt(try TransactionHash(hex: first?.string ?? ""))
        case "eth_sendRawTransaction": return try take(try Hex.decode(first?.string ?? ""))
        default:
            throw TestNode.Refusal(-32601, "the method \(request.method) does not exist/is not available")
        }
    }

    /// The block that a read is about.
    private func block(_ request: RPCRequest) throws -> ChainWorld.Block {
        let found: ChainWorld.Block?
        if let name = request.params.last?["blockHash"]?.string {
            found = world.block(try BlockHash(hex: name))
        } else {
            guard let number = Quantity.parse(request.params.last?.string ?? "")?.asUInt64 else {
                throw TestNode.Refusal(-32602, "expected a block hash")
            }
            found = world.block(number)
        }
        guard let found, found.header.number <= head.number else { throw TestNode.Refusal(-32000, "header not found") }
        return found
    }

    private func nonce(_ request: RPCRequest) throws -> Nonce {
        guard request.params.last == "pending" else { return try block(request).nonce }
        let waiting = oddities.hasStalePending ? 0 : state.withLock { UInt64($0.pool.count) }
        return ChainWorld.firstNonce + waiting
    }

    private func receipt(_ hash: TransactionHash) -> JSON {
        let isBlind = state.withLock { state in
            guard state.oddities.blindLooks > 0 else { return false }
            state.oddities.blindLooks -= 1
            return true
        }
        guard !isBlind, let block = world.block(with: hash, upTo: head.number) else { return .null }
        let place: [JSON.Member] = [
            .init("blockHash", .string(block.header.hash.description)),
            .init("blockNumber", Quantity.encode(block.header.number)),
            .init("transactionHash", .string(hash.description)),
        ]
        let log = JSON.object(
            [
                .init("address", .string(ChainWorld.contract.hex)), .init("data", "0x"), .init("logIndex", "0x0"),
                .init("topics", .array([.string(ChainWorld.topic.description)])),
            ] + place)
        return .object(
            [
                .init("transactionIndex", "0x0"), .init("from", .string(Address.zero.hex)),
                .init("to", .string(ChainWorld.contract.hex)), .init("status", "0x1"),
                .init("gasUsed", Quantity.encode(UInt64(80_000))),
                .init("effectiveGasPrice", Quantity.encode(UInt64(6_000_000_000))), .init("logs", .array([log])),
            ] + place)
    }

    /// Admits signed bytes as geth's pool does: no nonce that is used, and a replacement only for 10 % more.
    private func take(_ raw: [UInt8]) throws -> JSON {
        guard case .feeMarket(let signed) = try TransactionEnvelope(decoding: raw) else {
            throw TestNode.Refusal(-32000, "transaction type not supported")
        }
        let oddities = oddities
        if let (refusal, takes) = oddities.refusal {
            if takes { put(signed) }
            throw refusal
        }
        let transaction = signed.transaction
        if state.withLock({ $0.pool.contains(signed.hash) }) { throw TestNode.Refusal(-32000, "already known") }
        let next = world.block(head.hash)?.nonce ?? 0
        guard transaction.nonce >= next else {
            throw TestNode.Refusal(-32000, "nonce too low: next nonce \(next), tx nonce \(transaction.nonce)")
        }
        let rival = state.withLock { $0.pool.compactMap { world.transaction($0) }.last { $0.nonce == transaction.nonce } }
        if let rival, !Self.replaces(transaction.fees, rival.fees) {
            throw TestNode.Refusal(-32000, "replacement transaction underpriced")
        }
        put(signed)
        return .string((oddities.misnames ? Keccak256.hash(signed.hash.bytes) : signed.hash).description)
    }

    /// Takes what another process had signed.
    func take(_ signed: () throws -> Signed<FeeMarketTransaction>) rethrows { put(try signed()) }

    private func put(_ signed: Signed<FeeMarketTransaction>) {
        world.take(signed.hash, signed.transaction)
        state.withLock { state in if !state.pool.contains(signed.hash) { state.pool.append(signed.hash) } }
    }

    /// geth's rule: both caps at least 10 % above, and more.
    static func replaces(_ new: FeeCaps, _ old: FeeCaps) -> Bool {
        func rises(_ new: Wei, _ old: Wei) -> Bool { new > old && new * 100 >= old * 110 }
        return rises(new.maxFeePerGas, old.maxFeePerGas) && rises(new.maxPriorityFeePerGas, old.maxPriorityFeePerGas)
    }

    static func json(_ header: BlockHeader) -> JSON {
        .object([
            "number": Quantity.encode(header.number), "hash": .string(header.hash.description),
            "parentHash": .string(header.parentHash.description), "timestamp": Quantity.encode(header.timestamp),
            "gasLimit": Quantity.encode(header.gasLimit), "gasUsed": Quantity.encode(header.gasUsed),
            "baseFeePerGas": header.baseFeePerGas.map { Quantity.encode($0.rawValue) },
        ])
    }
}

extension ChainWorld {
    func transaction(_ hash: TransactionHash) -> FeeMarketTransaction? { state.withLock { $0.known[hash] } }
}
