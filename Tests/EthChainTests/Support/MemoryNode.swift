import EthChain
import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import Synchronization

/// A node over a state in memory. It counts the requests that reach it.
final class MemoryNode: Transport {
    struct Contents: Sendable {
        var world: OracleWorld
        /// Methods that it does not have.
        var missing: Set<String>
        /// What it answers instead, by method.
        var answers: [String: JSON] = [:]
        /// Batches, each with its methods.
        var batches: [[String]] = []
    }

    private let contents: Mutex<Contents>

    init(_ world: OracleWorld, missing: Set<String> = []) { contents = Mutex(Contents(world: world, missing: missing)) }

    var provider: Provider { Provider(self) }
    var requests: Int { contents.withLock { $0.batches.count } }
    var methods: [[String]] { contents.withLock { $0.batches } }

    /// Moves the world on.
    func change(_ body: @Sendable (inout Contents) throws -> Void) throws { try contents.withLock { try body(&$0) } }

    func forgetRequests() { contents.withLock { $0.batches = [] } }

    func simulator(_ forks: ForkSchedule? = nil, codes: CodeCache = CodeCache(), methods: MissingMethods = MissingMethods())
        -> Simulator
    {
        let fork = contents.withLock { $0.world.fork }
        return Simulator(provider, chain: OracleWorld.chain, forks ?? ForkSchedule(fork), codes: codes, methods: methods)
    }

    func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let contents = contents.withLock { contents in
            contents.batches.append(batch.map(\.method))
            return contents
        }
        return try batch.map { request in
            let answer: JSON
            do throws(Refusal) {
                answer = .object(["jsonrpc": "2.0", "id": .integer(request.id), "result": try contents.answer(request)])
            } catch {
                let failure = JSON.object(["code": .integer(error.code), "message": .string(error.message)])
                answer = .object(["jsonrpc": "2.0", "id": .integer(request.id), "error": failure])
            }
            return try RPCResponse(parsing: Array(answer.description.utf8)[...])
        }
    }

    struct Refusal: Error {
        var code: Int
        var message: String
    }
}

extension MemoryNode.Contents {
    func answer(_ request: RPCRequest) throws(MemoryNode.Refusal) -> JSON {
        if let answer = answers[request.method] { return answer }
        guard !missing.contains(request.method) else { throw noSuchMethod(request.method) }
        let params = request.params
        switch request.method {
        case "eth_chainId": return Quantity.encode(OracleWorld.chain.rawValue)
        case "eth_getBalance":
            try checkBlock(params[1])
            return Quantity.encode(try account(params).balance.rawValue)
        case "eth_getTransactionCount":
            try checkBlock(params[1])
            return Quantity.encode(try account(params).nonce)
        case "eth_getCode":
            try checkBlock(params[1])
            return .string(Hex.encode(try account(params).code.bytes))
        case "eth_getStorageAt":
            try checkBlock(params[2])
            let (address, slot) = (try Asked.address(params[0]), try Asked.quantity(params[1]))
            return .string((world.state.storage[address]?[slot] ?? .zero).bigEndianBytes.description)
        case "eth_getBlockByNumber":
            let number = try Asked.uint64(params[0])
            return number <= world.number ? header(number) : .null
        case "eth_createAccessList":
            try checkBlock(params[1])
            return try accessList(params[0])
        case "eth_simulateV1", "eth_estimateGas", "debug_traceCall": return try NodeSimulation(self).answer(request)
        default: throw noSuchMethod(request.method)
        }
    }

    private func account(_ params: [JSON]) throws(MemoryNode.Refusal) -> Account {
        world.state.account(try Asked.address(params[0])) ?? .empty
    }

    private func noSuchMethod(_ name: String) -> MemoryNode.Refusal {
        MemoryNode.Refusal(code: -32601, message: "the method \(name) does not exist/is not available")
    }

    /// State is asked for at the head's hash, nowhere else.
    func checkBlock(_ block: JSON) throws(MemoryNode.Refusal) {
        guard block["blockHash"]?.string == world.block.hash.description else {
            throw MemoryNode.Refusal(code: -32000, message: "header for hash not found")
        }
    }

    private func header(_ number: UInt64) -> JSON {
        .object([
            "number": Quantity.encode(number), "hash": .string(world.hash(number).description),
            "parentHash": .string(world.hash(number - 1).description), "timestamp": Quantity.encode(world.time),
            "gasLimit": "0x3938700", "gasUsed": "0x0", "baseFeePerGas": "0x7",
        ])
    }

    /// At the head's own number and time, as nodes do.
    private func accessList(_ call: JSON) throws(MemoryNode.Refusal) -> JSON {
        let transaction = try NodeSimulation.transaction(call)
        let environment = BlockEnvironment(
            chainID: OracleWorld.chain, fork: world.fork, number: world.number, timestamp: world.time)
        do {
            let result = try EVM(environment, reader: world.state).execute(transaction, checks: .call)
            let entries = result.touched.entries.filter { $0.address != transaction.sender && !$0.storageKeys.isEmpty }
            return .object(["accessList": AccessList(entries).json, "gasUsed": Quantity.encode(result.gasUsed)])
        } catch {
            throw MemoryNode.Refusal(code: -32000, message: "\(error)")
        }
    }
}

/// Parameters as a node reads them.
enum Asked {
    static func address(_ json: JSON) throws(MemoryNode.Refusal) -> Address {
        try read(json) { (reader) throws(RPCError) in try reader.address() }
    }

    static func quantity(_ json: JSON) throws(MemoryNode.Refusal) -> UInt256 {
        try read(json) { (reader) throws(RPCError) in try reader.quantity() }
    }

    static func uint64(_ json: JSON) throws(MemoryNode.Refusal) -> UInt64 {
        try read(json) { (reader) throws(RPCError) in try reader.uint64() }
    }

    static func bytes(_ json: JSON) throws(MemoryNode.Refusal) -> [UInt8] {
        try read(json) { (reader) throws(RPCError) in try reader.bytes() }
    }

    private static func read<Value>(
        _ json: JSON, _ read: (FieldReader) throws(RPCError) -> Value
    ) throws(MemoryNode.Refusal) -> Value {
        do throws(RPCError) { return try read(FieldReader(json, path: "params")) } catch {
            throw MemoryNode.Refusal(code: -32602, message: "\(error)")
        }
    }
}
