import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// Blocks, their transactions and receipts.
extension LocalMethods {
    func blockByNumber(_ parameters: Parameters) throws(RPCError) -> JSON {
        try told(core.block(parameters[0].block()), parameters)
    }

    func blockByHash(_ parameters: Parameters) throws(RPCError) -> JSON {
        try told(core.blocks[parameters[0].hash()], parameters)
    }

    private func told(_ block: LocalBlock?, _ parameters: Parameters) throws(RPCError) -> JSON {
        let full = try parameters.flag(1)
        return block.map { $0.report(full: full).json } ?? .null
    }

    func blockReceipts(_ parameters: Parameters) throws(RPCError) -> JSON {
        guard let block = core.block(try parameters[0].block()) else { return .null }
        return .array(block.transactions.map { block.receipt($0).json })
    }

    func transaction(_ parameters: Parameters) throws(RPCError) -> JSON {
        let hash = try parameters[0].hash()
        if let place = core.places[hash] { return place.block.reported(place.transaction).json }
        return core.pool[hash]?.report.json ?? .null
    }

    func receipt(_ parameters: Parameters) throws(RPCError) -> JSON {
        guard let place = core.places[try parameters[0].hash()] else { return .null }
        return place.block.receipt(place.transaction).json
    }

    func sendRawTransaction(_ parameters: Parameters) throws(RPCError) -> JSON {
        let bytes = try parameters[0].bytes()
        let (envelope, sender) = try IncomingTransaction.read(bytes, core.rules.chainID, core.rules.fork)
        let fees = envelope.unsigned.fees
        let cost = fees.maxFeePerGas * envelope.unsigned.transaction.gasLimit
        let cap = core.configuration.transactionFeeCap
        if cap > .zero, cost > cap {
            throw NodeAnswer.failure(
                "tx fee (\(cost.fixed(18, places: 2)) ether) exceeds the configured cap (\(cap.fixed(18, places: 2)) ether)")
        }
        return .string(try core.accept(envelope, from: sender).description)
    }

    var poolStatus: JSON {
        let ready = core.pool.ready { core.account($0).nonce }.values.reduce(0) { $0 + $1.count }
        return .object([
            "pending": Quantity.encode(UInt64(ready)), "queued": Quantity.encode(UInt64(core.pool.count - ready)),
        ])
    }
}
