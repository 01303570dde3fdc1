public import EthPrimitives
import Synchronization

/// A node as a pool takes it.
public struct PoolNode: Sendable {
    /// Its name for people; never its URL.
    public var label: String
    public var transport: any Transport
    /// Its rate limit in compute units (`RequestCost`); `nil` for none.
    public var computeUnitsPerSecond: UInt64?
    /// Which place it is at now: where that changes, its chain is asked again.
    public var place: @Sendable () -> UInt64

    public init(
        _ label: String, _ transport: any Transport, computeUnitsPerSecond: UInt64? = nil,
        place: @escaping @Sendable () -> UInt64 = { 0 }
    ) {
        self.label = label
        self.transport = transport
        self.computeUnitsPerSecond = computeUnitsPerSecond
        self.place = place
    }
}

/// Several nodes as one transport.
///
/// * A read goes to the best node; where that one is in trouble, wants fewer requests or does not know, to the next, within the
///   attempts and the time that the settings allow. An answer that every node would give, such as a revert, is final.
/// * Signed bytes go to all nodes at once; see `broadcast`.
/// * What belongs together is read through a `NodeSession`: one node, no falling back.
/// * A node's chain is asked before its first answer counts, and again after it was in trouble or went to another place.
///
/// `EndpointPool` decides; this class acts on it.
public final class NodePool: Transport {
    public typealias Index = EndpointPool.Index
    static let broadcastMethod = "eth_sendRawTransaction"

    let nodes: [PoolNode]
    let settings: PoolSettings
    let clock: RPCClock
    private let pool: Mutex<EndpointPool>
    private let random: @Sendable () -> UInt64
    private let notify: @Sendable (PoolNotice) -> Void

    /// - Parameters:
    ///   - nodes: the preferred first.
    ///   - chainID: the chain that they must be on; `nil` if any will do.
    ///   - random: 64 random bits, for the jitter of the backoff.
    ///   - notify: told what people should know of the nodes.
    public init(
        _ nodes: [PoolNode], chainID: ChainID?, settings: PoolSettings = PoolSettings(), clock: RPCClock = .continuous,
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) },
        notify: @escaping @Sendable (PoolNotice) -> Void = { _ in }
    ) {
        self.nodes = nodes
        self.settings = settings
        self.clock = clock
        self.random = random
        self.notify = notify
        pool = Mutex(
            EndpointPool(nodes.map { ($0.label, $0.computeUnitsPerSecond) }, chainID: chainID, settings: settings))
    }

    /// How the nodes fare.
    public var report: [EndpointReport] {
        let now = clock.now
        return withPool { $0.report(at: now) }
    }

    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let signed = batch.indices.filter { batch[$0].method == Self.broadcastMethod }
        guard !signed.isEmpty else { return batch.isEmpty ? [] : try await read(batch) }
        var responses: [Int: RPCResponse] = [:]
        for index in signed { responses[index] = try await broadcast(batch[index]).response(to: batch[index]) }
        let rest = batch.indices.filter { responses[$0] == nil }
        if !rest.isEmpty {
            for (index, response) in zip(rest, try await read(rest.map { batch[$0] })) { responses[index] = response }
        }
        return batch.indices.compactMap { responses[$0] }
    }

    /// Looks at the state, or changes it silently.
    func withPool<T: Sendable>(_ body: (inout EndpointPool) -> T) -> T { pool.withLock { body(&$0) } }

    /// Changes the state and tells what people should know of it.
    func learn(_ change: (inout EndpointPool, _ now: Duration) -> [PoolNotice]) {
        let now = clock.now
        for notice in withPool({ change(&$0, now) }) { notify(notice) }
    }

    func failed(_ index: Index, _ error: RPCError, retryAfter: Duration?) {
        let random = random()
        learn { $0.failed(index, .init("\(error)", retryAfter: retryAfter), at: $1, random: random) }
    }

    /// The error where there is no node to ask: what was expected, or that all are pausing.
    func nobody(_ start: EndpointPool.Start) -> any Error {
        let evicted: [(String, ChainID)] = withPool { pool in
            nodes.indices.compactMap { index in pool.evicted(index).map { (nodes[index].label, $0) } }
        }
        if start == .nobody, !evicted.isEmpty, evicted.count == nodes.count, let expected = withPool({ $0.chainID }) {
            return WrongChain(expected: expected, nodes: evicted)
        }
        let why = nodes.isEmpty ? "there is no node to ask" : "every node is pausing for longer than the time allowed"
        return RPCError(.timeout, why, endpoint: nodes.count == 1 ? nodes[0].label : nil)
    }
}

/// Every node is on another chain: nothing that they say counts, and it does not get better by itself.
public struct WrongChain: Error, Sendable, CustomStringConvertible {
    public var expected: ChainID
    public var nodes: [(label: String, chain: ChainID)]

    public var description: String {
        "expected chain \(expected), "
            + nodes.map { "the node \"\($0.label)\" is on chain \($0.chain)" }.joined(separator: ", ")
    }
}
