import EthCodec
public import EthPrimitives
public import EthRPC

/// What one node says of itself.
public struct NodeFacts: Sendable {
    /// The node's name for people.
    public var label: String
    /// Its software and version, in its own words.
    public var client: String?
    public var chainID: ChainID?
    /// Its newest head.
    public var head: BlockHeader?
    /// Seconds since its head was stamped.
    public var age: UInt64?
    /// Blocks behind the best head of its chain.
    public var lag: UInt64?
    public var isSyncing = false
    public var latency = LatencyFigures()
    public var capabilities: [Capability: Capability.Status] = [:]
    public var batch: BatchFigures?
    /// The oldest block that it has state of, where that was looked for.
    public var oldestState: UInt64?
    /// Why it gives no usable answer at all.
    public var failure: RPCError?
    /// Why exchanges after the first failed, the newest last.
    public var troubles: [RPCError] = []

    init(_ label: String) { self.label = label }

    /// Whether it answers on its chain.
    var isAnswering: Bool { failure == nil && head != nil }

    var json: JSON {
        let head = head.map { head in
            JSON.object([
                "number": .integer(head.number), "hash": .string(head.hash.description), "timestamp": .integer(head.timestamp),
            ])
        }
        let states = Capability.allCases.compactMap { capability in
            capabilities[capability].map { status in
                JSON.Member(
                    capability.rawValue, .object(["status": .string(status.word), "reason": status.reason.map { .string($0) }]))
            }
        }
        return .object([
            "endpoint": .string(label), "client": client.map { .string($0) }, "chainId": chainID.map { .integer($0.rawValue) },
            "head": head, "ageSeconds": age.map { .integer($0) }, "lag": lag.map { .integer($0) },
            "isSyncing": .bool(isSyncing), "latency": latency.json, "capabilities": .object(states), "batch": batch?.json,
            "oldestState": oldestState.map { .integer($0) }, "failure": failure.map { .string($0.message) },
        ])
    }
}
