import EthCodec
import EthPrimitives
import EthRPC
import KeeperTestServer
import TestSupport

/// A chain that never was, as one node tells it: what differs from another node is a property.
struct ToyChain: Sendable {
    var id: UInt64 = 1337
    var height: UInt64 = 120
    /// Blocks from here on are others than those of other nodes.
    var fork: UInt64?
    /// Unix seconds of block 0; a block every 12 seconds.
    var genesis: UInt64 = 1_700_000_000
    var client = "Toy/v1.2.3-stable-0123abcd/linux"
    /// What storage holds other than zero, by address and slot.
    var storage: [String: String] = [:]
    /// Methods that the node does not have.
    var missing: Set<String> = []
    var ignoresOverrides = false
    var isSyncing = false

    static let contract = "0x1111111111111111111111111111111111111111"

    /// The same but for one word of storage, `contract`'s slot 3.
    static func storing(_ value: String) -> Self { Self(storage: ["\(contract) 0x3": value]) }

    /// A server that answers so.
    func with<T>(
        _ faults: (FaultScript) -> FaultScript = { $0 }, _ body: (FaultServer) async throws -> T
    ) async throws -> T { try await FaultServer.with(faults(FaultScript(node)), body) }

    var node: TestNode { TestNode { request throws(TestNode.Refusal) in try answer(request) } }

    private func answer(_ request: RPCRequest) throws(TestNode.Refusal) -> JSON {
        guard !missing.contains(request.method) else {
            throw TestNode.Refusal(-32601, "the method \(request.method) does not exist/is not available")
        }
        let params = request.params
        switch request.method {
        case "eth_chainId": return Quantity.encode(id)
        case "web3_clientVersion": return .string(client)
        case "eth_syncing":
            let block = Quantity.encode(height)
            return isSyncing ? .object(["startingBlock": block, "currentBlock": block, "highestBlock": block]) : false
        case "eth_blockNumber": return Quantity.encode(height)
        case "eth_getBlockByNumber": return number(params.first).map(header) ?? .null
        case "eth_getBlockByHash":
            return (0...height).first { Self.hash($0, fork) == params.first?.string }.map(header) ?? .null
        case "eth_getStorageAt":
            try checkBlock(params[2])
            let slot = "\(params[0].string ?? "") \(params[1].string ?? "")"
            return .string(storage[slot] ?? "0x" + String(repeating: "0", count: 64))
        case "eth_getBalance", "eth_getTransactionCount":
            try checkBlock(params[1])
            return "0x7"
        case "eth_getCode":
            try checkBlock(params[1])
            return "0x6001"
        case "eth_call": return try call(params)
        case "eth_feeHistory":
            return .object(["oldestBlock": params[1], "baseFeePerGas": ["0x7", "0x8"], "gasUsedRatio": [.number("0.5")]])
        case "eth_createAccessList", "eth_getProof", "debug_traceCall", "eth_config": return .object([:])
        case "eth_simulateV1": return []
        default: throw TestNode.Refusal(-32601, "the method \(request.method) does not exist/is not available")
        }
    }

    private func call(_ params: [JSON]) throws(TestNode.Refusal) -> JSON {
        try checkBlock(params[1])
        if params.count == 4 {
            let seen = ignoresOverrides ? header(height) : params[3]
            let words = ["number", "time"].map { seen[$0]?.string ?? "0x0" }.map { UInt256($0.dropFirst(2), radix: 16) ?? 0 }
            return .string(Hex.encode(words.flatMap { $0.bigEndianBytes.bytes }))
        }
        if params.count == 3 { return .string(ignoresOverrides ? "0x" : Hex.encode(UInt256(42).bigEndianBytes.bytes)) }
        return .string(Hex.encode(UInt256(5).bigEndianBytes.bytes))
    }

    /// A block by hash must be one that the node has.
    private func checkBlock(_ block: JSON) throws(TestNode.Refusal) {
        guard let hash = block["blockHash"]?.string else { return }
        guard (0...height).contains(where: { Self.hash($0, fork) == hash }) else {
            throw TestNode.Refusal(-32000, "header for hash not found")
        }
    }

    private func number(_ block: JSON?) -> UInt64? {
        switch block?.string {
        case "latest": height
        case "safe", "finalized": height - min(height, 64)
        case let text?: UInt64(text.dropFirst(2), radix: 16).flatMap { $0 <= height ? $0 : nil }
        case nil: nil
        }
    }

    private func header(_ number: UInt64) -> JSON {
        .object([
            "number": Quantity.encode(number), "hash": .string(Self.hash(number, fork)),
            "parentHash": .string(Self.hash(number &- 1, fork)), "timestamp": Quantity.encode(genesis + 12 * number),
            "gasLimit": "0x1c9c380", "gasUsed": "0x5208", "baseFeePerGas": "0x7", "stateRoot": .string(Self.hash(number, nil)),
        ])
    }

    private static func hash(_ number: UInt64, _ fork: UInt64?) -> String {
        let isForked = fork.map { number >= $0 } ?? false
        return Keccak256.hash("block \(number)\(isForked ? " of a fork" : "")").description
    }
}
