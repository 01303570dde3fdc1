import EthCodec
import EthEVM
import EthPrimitives
import EthRPC

/// `eth_getLogs`.
extension LocalMethods {
    private static let mostTopics = 4
    /// Addresses, or topics at a position (geth's `--rpc.logquerylimit`).
    private static let mostAlternatives = 1_000

    func logs(_ parameters: Parameters) throws(RPCError) -> JSON {
        let filter = parameters[0]
        try filter.requireObject("filters.input", names: ["blockHash", "fromBlock", "toBlock", "address", "topics"])
        let addresses = try Set(alternatives(filter.json["address"]) { (reader) throws(RPCError) in try reader.address() })
        let topics = try topics(filter.json["topics"])
        var found: [JSON] = []
        for block in try blocks(filter) {
            for transaction in block.transactions where !transaction.logs.isEmpty {
                for (log, told) in zip(transaction.logs, block.logs(transaction)) {
                    guard addresses.isEmpty || addresses.contains(log.address) else { continue }
                    guard topics.count <= log.topics.count else { continue }
                    guard zip(topics, log.topics).allSatisfy({ $0.isEmpty || $0.contains($1) }) else { continue }
                    found.append(told.json)
                }
            }
        }
        return .array(found)
    }

    private func alternatives<Value>(
        _ json: JSON?, _ read: (ParameterReader) throws(RPCError) -> Value
    ) throws(RPCError) -> [Value] {
        guard let json, json != .null else { return [] }
        let values = json.array ?? [json]
        guard values.count <= Self.mostAlternatives else {
            throw NodeAnswer.failure("exceed max addresses or topics per search position")
        }
        var list: [Value] = []
        for value in values { list.append(try read(ParameterReader(json: value, index: 0))) }
        return list
    }

    private func topics(_ json: JSON?) throws(RPCError) -> [Set<B256>] {
        guard let json, json != .null else { return [] }
        let positions = json.array ?? []
        if positions.count > Self.mostTopics { throw NodeAnswer.invalid(0, "exceed max topics") }
        var topics: [Set<B256>] = []
        for position in positions {
            topics.append(Set(try alternatives(position) { (reader) throws(RPCError) in try reader.hash() }))
        }
        return topics
    }

    private func blocks(_ filter: ParameterReader) throws(RPCError) -> ArraySlice<LocalBlock> {
        func reference(_ name: String) throws(RPCError) -> BlockReference? {
            guard let json = filter.json[name], json != .null else { return nil }
            return try ParameterReader(json: json, index: 0).block()
        }
        let (from, to) = (try reference("fromBlock"), try reference("toBlock"))
        if let hash = filter.json["blockHash"], hash != .null {
            guard from == nil, to == nil else {
                throw NodeAnswer.invalid(0, "cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other")
            }
            guard let block = core.blocks[try ParameterReader(json: hash, index: 0).hash()] else {
                throw NodeAnswer.failure("unknown block")
            }
            return [block]
        }
        if from == .pending || to == .pending { throw NodeAnswer.failure("pending logs are not supported") }
        guard let first = core.block(from ?? .latest), let last = core.block(to ?? .latest), first.number <= last.number else {
            throw NodeAnswer.failure("invalid block range params")
        }
        return core.line[Int(first.number)...Int(last.number)]
    }
}
