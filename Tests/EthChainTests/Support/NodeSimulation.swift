import EthChain
import EthCodec
import EthEVM
import EthPrimitives
import EthRPC

/// What nodes offer to look into the next block.
struct NodeSimulation {
    private let contents: MemoryNode.Contents

    init(_ contents: MemoryNode.Contents) { self.contents = contents }

    static func transaction(_ call: JSON) throws(MemoryNode.Refusal) -> EVMTransaction {
        var transaction = EVMTransaction(sender: .zero, recipient: nil, gasLimit: 16_000_000)
        if let from = call["from"] { transaction.sender = try Asked.address(from) }
        if let to = call["to"] { transaction.recipient = try Asked.address(to) }
        if let data = call["data"] { transaction.data = try Asked.bytes(data) }
        if let value = call["value"] { transaction.value = Wei(try Asked.quantity(value)) }
        if let gas = call["gas"] { transaction.gasLimit = try Asked.uint64(gas) }
        return transaction
    }

    func answer(_ request: RPCRequest) throws(MemoryNode.Refusal) -> JSON {
        switch request.method {
        case "eth_simulateV1":
            try contents.checkBlock(request.params[1])
            let block = request.params[0]["blockStateCalls"]?.array?[0]
            var (time, number) = (contents.world.time + 12, contents.world.number + 1)
            try read(block?["blockOverrides"], &time, &number)
            let calls = try (block?["calls"]?.array ?? []).mapOrRefuse { (call) throws(MemoryNode.Refusal) in
                let result = try execute(try Self.transaction(call), time, number)
                return JSON.object([
                    "status": result.succeeded ? "0x1" : "0x0", "returnData": .string(Hex.encode(result.output)),
                    "gasUsed": Quantity.encode(result.gasUsed), "logs": [],
                ])
            }
            return .array([.object(header(number, time) + [.init("calls", .array(calls))])])
        case "debug_traceCall":
            try contents.checkBlock(request.params[1])
            var (time, number) = (contents.world.time, contents.world.number)
            try read(request.params[2]["blockOverrides"], &time, &number)
            let result = try execute(try Self.transaction(request.params[0]), time, number)
            return .object([
                "type": "CALL", "gasUsed": Quantity.encode(result.gasUsed),
                "error": result.succeeded ? nil : .string("execution reverted"),
            ])
        default:
            try contents.checkBlock(request.params[1])
            var (time, number) = (contents.world.time, contents.world.number)
            if request.params.count > 3 { try read(request.params[3], &time, &number) }
            return Quantity.encode(try execute(try Self.transaction(request.params[0]), time, number).gasUsed * 1_011 / 1_000)
        }
    }

    private func read(
        _ overrides: JSON?, _ time: inout UInt64, _ number: inout UInt64
    ) throws(MemoryNode.Refusal) {
        if let override = overrides?["time"] { time = try Asked.uint64(override) }
        if let override = overrides?["number"] { number = try Asked.uint64(override) }
    }

    private func execute(
        _ transaction: EVMTransaction, _ time: UInt64, _ number: UInt64
    ) throws(MemoryNode.Refusal) -> ExecutionResult {
        let world = contents.world
        let environment = BlockEnvironment(chainID: OracleWorld.chain, fork: world.fork, number: number, timestamp: time)
        do { return try EVM(environment, reader: world.state).execute(transaction, checks: .call) } catch {
            throw MemoryNode.Refusal(code: -32000, message: "\(error)")
        }
    }

    private func header(_ number: UInt64, _ time: UInt64) -> [JSON.Member] {
        let zero = JSON.string(B256().description)
        return JSON.object([
            "number": Quantity.encode(number), "hash": zero, "parentHash": zero, "sha3Uncles": zero,
            "miner": .string(Address.zero.hex), "stateRoot": zero, "transactionsRoot": zero, "receiptsRoot": zero,
            "logsBloom": .string(FixedBytes<256>().description), "difficulty": "0x0", "gasLimit": "0x3938700", "gasUsed": "0x0",
            "timestamp": Quantity.encode(time), "extraData": "0x", "mixHash": zero, "nonce": "0x0000000000000000",
            "baseFeePerGas": "0x0", "size": "0x1", "transactions": [], "uncles": [],
        ]).members ?? []
    }
}

extension Array {
    fileprivate func mapOrRefuse<T>(_ body: (Element) throws(MemoryNode.Refusal) -> T) throws(MemoryNode.Refusal) -> [T] {
        var result: [T] = []
        for element in self { result.append(try body(element)) }
        return result
    }
}
