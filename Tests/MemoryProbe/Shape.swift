import EthCodec
import EthPrimitives
import EthRPC

/// What an answer is made of: much of the smallest that can be said.
enum Shape: String, CaseIterable {
    case fees, rewards, emptyRewards, ratios, logs, receipts, transactions, hashes, withdrawals
    /// Of methods whose answers are read as JSON values.
    case numbers, arrays, members

    private var word: String { "\"0x\(String(repeating: "0", count: 64))\"" }
    private var address: String { "\"0x\(String(repeating: "0", count: 40))\"" }

    /// What comes before, again and again, and after.
    private var parts: (String, String, String) {
        let header =
            "\"parentHash\":\(word),\"sha3Uncles\":\(word),\"miner\":\(address),\"stateRoot\":\(word),\"transactionsRoot\":\(word),"
            + "\"receiptsRoot\":\(word),\"logsBloom\":\"0x\(String(repeating: "0", count: 512))\",\"difficulty\":\"0x0\","
            + "\"number\":\"0x1\",\"gasLimit\":\"0x1\",\"gasUsed\":\"0x0\",\"timestamp\":\"0x1\",\"extraData\":\"0x\",\"mixHash\":\(word),"
            + "\"nonce\":\"0x0000000000000000\",\"hash\":\(word),\"size\":\"0x1\",\"uncles\":[]"
        let log =
            "{\"address\":\(address),\"topics\":[],\"data\":\"0x\",\"blockHash\":\(word),\"blockNumber\":\"0x1\",\"transactionHash\":\(word),\"logIndex\":\"0x0\"}"
        let receipt =
            "{\"transactionHash\":\(word),\"blockHash\":\(word),\"blockNumber\":\"0x1\",\"transactionIndex\":\"0x0\",\"type\":\"0x2\",\"from\":\(address),"
            + "\"status\":\"0x1\",\"gasUsed\":\"0x1\",\"cumulativeGasUsed\":\"0x1\",\"effectiveGasPrice\":\"0x1\",\"logs\":[],"
            + "\"to\":null,\"contractAddress\":null,\"logsBloom\":\"0x\(String(repeating: "0", count: 512))\"}"
        return switch self {
        case .fees: ("{\"oldestBlock\":\"0x1\",\"baseFeePerGas\":[", "\"0x0\"", "]}")
        case .rewards: ("{\"oldestBlock\":\"0x1\",\"baseFeePerGas\":[\"0x0\"],\"reward\":[", "[\"0x0\"]", "]}")
        case .emptyRewards: ("{\"oldestBlock\":\"0x1\",\"baseFeePerGas\":[\"0x0\"],\"reward\":[", "[]", "]}")
        case .ratios: ("{\"oldestBlock\":\"0x1\",\"gasUsedRatio\":[", "0", "]}")
        case .logs: ("[", log, "]")
        case .receipts: ("[", receipt, "]")
        case .transactions:
            (
                "{\(header),\"transactions\":[",
                "{\"nonce\":\"0x0\",\"gasPrice\":\"0x0\",\"gas\":\"0x0\",\"value\":\"0x0\",\"input\":\"0x\"}", "]}"
            )
        case .hashes: ("{\(header),\"transactions\":[", word, "]}")
        case .withdrawals:
            (
                "{\(header),\"transactions\":[],\"withdrawals\":[",
                "{\"index\":\"0x0\",\"validatorIndex\":\"0x0\",\"address\":\(address),\"amount\":\"0x0\"}", "]}"
            )
        case .numbers: ("[", "0", "]")
        case .arrays: ("[", "[]", "]")
        case .members: ("{", "\"\":0", "}")
        }
    }

    func answer(_ size: Int) -> [UInt8] {
        let (before, again, after) = parts
        var bytes = Array("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\(before)".utf8)
        bytes.reserveCapacity(size + 1_000)
        let piece = Array(again.utf8)
        while true {
            bytes += piece
            if bytes.count >= size { break }
            bytes.append(UInt8(ascii: ","))
        }
        return bytes + "\(after)}".utf8
    }

    /// Decodes it, and says whether that was refused.
    func decode(_ response: RPCResponse) -> String {
        do throws(RPCError) {
            switch self {
            case .fees, .rewards, .emptyRewards:
                _ = try RPCQuery<FeeHistory>.feeHistory(count: 1, newest: .latest, percentiles: []).value(of: response)
            case .ratios:
                _ = try RPCQuery<FeeHistoryReport>.feeHistoryReport(count: 1, newest: .latest, percentiles: []).value(
                    of: response)
            case .logs: _ = try RPCQuery<[Log]>.logs(LogFilter(.range(from: nil, to: nil))).value(of: response)
            case .receipts: _ = try RPCQuery<[ExecutionReceipt]?>.executionReceipts(of: .latest).value(of: response)
            case .transactions, .hashes, .withdrawals:
                _ = try RPCQuery<Block?>.block(.latest, full: true).value(of: response)
            case .numbers, .arrays, .members:
                _ = try RPCQuery("debug_anything") { (result) throws(RPCError) in result }.value(of: response)
            }
            return "taken"
        } catch { return "refused: \(error)" }
    }
}
