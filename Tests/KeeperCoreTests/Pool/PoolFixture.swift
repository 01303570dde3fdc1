import EthCodec
import EthPrimitives
import EthRPC
import KeeperTesting
import Synchronization

/// A pool of scripted nodes; time stands still unless the test moves it, and backoffs have no jitter: they end at once.
struct PoolFixture {
    let nodes: [ScriptedTransport]
    let clock = MockClock()
    let pool: NodePool
    private let told: Notices

    /// Collects what the pool tells.
    private final class Notices: Sendable { let all = Mutex<[PoolNotice]>([]) }

    var notices: [PoolNotice] { told.all.withLock { $0 } }

    /// Labels are `a`, `b`, `c`; the silent one never answers to some methods, or to any if none is named.
    init(
        _ count: Int = 2, chainIDs: [Int] = [1, 1, 1], settings: PoolSettings = PoolSettings(), rates: [UInt64?] = [],
        silent: Int? = nil, about methods: Set<String> = []
    ) {
        let told = Notices()
        nodes = (0..<count).map { index in
            let node = ScriptedTransport { request in
                switch request.method {
                case "eth_chainId": Quantity.encode(UInt64(chainIDs[index]))
                default: throw ScriptedTransport.error(-32601, "the method \(request.method) does not exist/is not available")
                }
            }
            return node
        }
        let members = zip(0..., nodes).map { index, node in
            PoolNode(
                ["a", "b", "c"][index], index == silent ? Silent(node, about: methods) : node,
                computeUnitsPerSecond: index < rates.count ? rates[index] : nil)
        }
        pool = NodePool(
            members, chainID: 1, settings: settings, clock: RPCClock(clock), random: { 0 },
            notify: { notice in told.all.withLock { $0.append(notice) } })
        self.told = told
    }

    /// A header as a node gives it.
    static func json(_ head: BlockHeader) -> JSON {
        .object([
            "number": Quantity.encode(head.number), "hash": .string(head.hash.description),
            "parentHash": .string(head.parentHash.description), "timestamp": Quantity.encode(head.timestamp),
            "gasLimit": Quantity.encode(head.gasLimit), "gasUsed": Quantity.encode(head.gasUsed),
            "baseFeePerGas": head.baseFeePerGas.map { Quantity.encode($0.rawValue) },
        ])
    }

    /// Heads with real links: each branch is a letter.
    static func chain(_ numbers: ClosedRange<UInt64>, _ branch: String = "a", on parent: BlockHash = BlockHash()) -> [BlockHeader]
    {
        var parent = parent
        return numbers.map { number in
            let head = BlockHeader(
                number: number, hash: Keccak256.hash(Array("\(branch)\(number)".utf8)), parentHash: parent,
                timestamp: 1_700_000_000 + 12 * number, gasLimit: 30_000_000, gasUsed: 0, baseFeePerGas: .gwei(5))
            parent = head.hash
            return head
        }
    }
}

/// A node that takes requests and never answers.
struct Silent: Transport {
    let base: ScriptedTransport
    let never = MockClock()
    /// Methods that it is silent about; all if empty.
    let methods: Set<String>

    init(_ base: ScriptedTransport, about methods: Set<String>) {
        self.base = base
        self.methods = methods
    }

    func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        if !methods.isEmpty, !batch.contains(where: { methods.contains($0.method) }) { return try await base.send(batch) }
        try await never.sleep(until: .init(offset: .seconds(1)))
        return []
    }
}
