import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import KeeperTesting
import Synchronization

@testable import KeeperCore

/// One account's view of a chain: it takes signed bytes, and shows a receipt when the test says that they are mined.
final class FakeChain: Sendable {
    /// What happens to the answer to `eth_sendRawTransaction`. The bytes are taken in any case.
    enum Reply: Sendable { case hash, lost, refused }

    struct State {
        var nonce: UInt64 = 5
        var balance: Wei = .ether(1)
        var receipts: [TransactionHash: JSON] = [:]
        var sent: [[UInt8]] = []
        var reply = Reply.hash
        /// Whether the journal held the bytes, each time that they arrived.
        var journalled: [Bool] = []
        var isDown = false
    }

    let state = Mutex(State())
    let journalPath = TemporaryFile.path("journal")
    /// Emitted by a complete transaction.
    static let topic = Keccak256.hash(Array("LogValue(bytes32)".utf8))
    static let emitters = [Address(lowBytesOf: B256(ascii: "one") ?? B256()), Address(lowBytesOf: Keccak256.hash([2]))]

    var transport: ScriptedTransport { ScriptedTransport { try self.answer($0) } }

    deinit { TemporaryFile.remove(journalPath) }

    /// The transactions that arrived, in order, those sent again too.
    var transactions: [FeeMarketTransaction] {
        get throws {
            try state.withLock { $0.sent }.map { raw in
                guard case .feeMarket(let signed) = try TransactionEnvelope(decoding: raw) else {
                    throw RPCError(.malformedResult, "kind")
                }
                return signed.transaction
            }
        }
    }

    var hashes: [TransactionHash] { state.withLock { $0.sent.map { Keccak256.hash($0) } } }

    static func head(_ number: UInt64, fork: UInt8 = 0) -> BlockHeader {
        BlockHeader(
            number: number, hash: Keccak256.hash(Array("\(number)/\(fork)".utf8)), parentHash: BlockHash(),
            timestamp: 1_700_000_000 + 12 * number,
            gasLimit: 30_000_000, gasUsed: 0, baseFeePerGas: .gwei(5))
    }

    /// Mines a transaction in a block, with the logs of some emitters.
    func mine(_ hash: TransactionHash, in head: BlockHeader, succeeds: Bool = true, emitters: [Int] = [0, 1], isNew: Bool = true)
    {
        let logs: [JSON] = emitters.enumerated().map { index, emitter in
            .object([
                "address": .string(Self.emitters[emitter].hex), "topics": .array([.string(Self.topic.description)]), "data": "0x",
                "blockHash": .string(head.hash.description), "blockNumber": Quantity.encode(head.number),
                "transactionHash": .string(hash.description), "logIndex": Quantity.encode(UInt64(index)),
            ])
        }
        let receipt = JSON.object([
            "transactionHash": .string(hash.description), "blockHash": .string(head.hash.description),
            "blockNumber": Quantity.encode(head.number), "transactionIndex": "0x0", "from": .string(Self.emitters[0].hex),
            "to": .null,
            "status": succeeds ? "0x1" : "0x0", "gasUsed": Quantity.encode(UInt64(80_000)),
            "effectiveGasPrice": Quantity.encode(UInt64(6_000_000_000)), "logs": .array(logs),
        ])
        state.withLock { state in
            state.receipts[hash] = receipt
            if isNew { state.nonce += 1 }
        }
    }

    /// A reorganisation takes a transaction out of its block.
    func orphan(_ hash: TransactionHash) { state.withLock { $0.receipts[hash] = nil } }

    private func answer(_ request: RPCRequest) throws -> JSON {
        try state.withLock { state in
            if state.isDown { throw RPCError(.unreachable, "no connection") }
            switch request.method {
            case "eth_getBalance": return Quantity.encode(state.balance.rawValue)
            case "eth_getTransactionCount": return Quantity.encode(state.nonce)
            case "eth_getTransactionReceipt":
                return state.receipts[try TransactionHash(hex: request.params.first?.string ?? "")] ?? .null
            case "eth_sendRawTransaction":
                let raw = try Hex.decode(request.params.first?.string ?? "")
                state.sent.append(raw)
                let journal = try String(contentsOfFile: journalPath, encoding: .utf8)
                state.journalled.append(journal.contains("\"raw\":\"\(Hex.encode(raw))\"") && journal.hasSuffix("\n"))
                switch state.reply {
                case .hash: return .string(Keccak256.hash(raw).description)
                case .lost: throw RPCError(.unreachable, "the connection broke")
                case .refused: throw ScriptedTransport.error(-32000, "already known")
                }
            default: throw ScriptedTransport.error(-32601, "no such method")
            }
        }
    }
}
