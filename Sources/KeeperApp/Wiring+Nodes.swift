import EthPrimitives
import EthRPC
import EthTransports
import KeeperCore
import Logging

/// The configured nodes.
struct ConfiguredNodes: Sendable {
    var pool: NodePool
    /// Heads that a node pushes: the first one with a WebSocket; `nil` if none has one.
    var pushed: (any HeadSubscribing)?
}

extension Wiring {
    /// The configured nodes as a pool, each counted by the meter.
    func nodes(_ meter: RPCMeter = RPCMeter()) throws -> ConfiguredNodes {
        guard !common.nodes.endpoints.isEmpty else {
            throw ConfigError("rpc.endpoints", "expected an endpoint: set it in the file, by ETH_RPC_URL or by --rpc-url")
        }
        let settings = common.nodes.settings
        var members: [PoolNode] = []
        var pushed: (any HeadSubscribing)?
        try common.nodes.rejectRepeatedURLs()
        let logger = logger
        for endpoint in common.nodes.endpoints {
            let (transport, place) = try way(to: endpoint, settings, logger)
            if pushed == nil, let socket = transport as? any Subscribing { pushed = SubscribedHeads(socket) }
            members.append(
                PoolNode(
                    endpoint.name,
                    Instrumented(BatchSplittingTransport(transport), endpoint: endpoint.name, meter: meter),
                    computeUnitsPerSecond: endpoint.computeUnitsPerSecond, place: place))
        }
        let pool = NodePool(
            members, chainID: common.chainID, settings: settings, clock: environment.clock, notify: { Self.tell($0, logger) })
        return ConfiguredNodes(pool: pool, pushed: pushed)
    }

    /// HTTP or WebSocket, as the URL says, and at which of its places the node is.
    private func way(
        to endpoint: EndpointConfiguration, _ settings: PoolSettings, _ logger: Logger
    ) throws -> (transport: any Transport, place: @Sendable () -> UInt64) {
        if let transport = environment.transport?(endpoint) { return (transport, { 0 }) }
        let source = try endpoint.source { logger.tell($0) }
        do {
            return (try source.transport(timeout: settings.attemptTimeout), { source.number })
        } catch { throw endpoint.unusable(error) }
    }

    /// What happens to nodes, as log lines.
    private static func tell(_ notice: PoolNotice, _ logger: Logger) {
        switch notice {
        case .evicted: logger.error("\(notice)")
        case .cooling, .lagging, .broadcast(_, isAccepted: false, _): logger.warning("\(notice)")
        case .recovered, .caughtUp, .wentBackwards, .broadcast: logger.info("\(notice)")
        }
    }

    /// How many nodes must agree before something is sent.
    var quorum: QuorumCheck { QuorumCheck(quorum: common.nodes.quorum) }

    /// The newest head; every node is asked, and those on another chain are left out from then on.
    /// - Throws: `ConfigError` if all of them are on another chain, `RPCError` if none gives a usable answer.
    func firstHead(_ pool: NodePool) async throws -> BlockHeader {
        do { return try await pool.newestHead(everybody: true) } catch let error as WrongChain {
            throw ConfigError("chain.id", error.description)
        }
    }
}
