import EthCodec
import EthPrimitives
import Foundation

@testable import EthRPC

/// Exchanges made up for cassettes.
enum RecordedExchange {
    static func head(_ number: UInt64) -> BlockHeader {
        var bytes = [UInt8](repeating: 0xEE, count: 32)
        for index in 0..<8 { bytes[31 - index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index))) }
        return BlockHeader(
            number: number, hash: BlockHash(bytes) ?? BlockHash(), parentHash: BlockHash(),
            timestamp: 1_700_000_000 + number * 12,
            gasLimit: 30_000_000, gasUsed: 1, baseFeePerGas: .gwei(1))
    }

    /// A header as a node answers it.
    static func json(_ head: BlockHeader) -> JSON {
        .object([
            "number": Quantity.encode(head.number), "hash": .string(head.hash.description),
            "parentHash": .string(head.parentHash.description), "timestamp": Quantity.encode(head.timestamp),
            "gasLimit": Quantity.encode(head.gasLimit), "gasUsed": Quantity.encode(head.gasUsed),
            "baseFeePerGas": head.baseFeePerGas.map { Quantity.encode($0.rawValue) },
        ])
    }

    static func response(_ id: UInt64, _ result: JSON) throws(RPCError) -> RPCResponse {
        try RPCResponse(parsing: JSONWriter.bytes(of: .object(["jsonrpc": "2.0", "id": .integer(id), "result": result]))[...])
    }

    static func balance(at head: BlockHeader, id: UInt64 = 1) -> RPCRequest {
        RPCRequest(
            id: id, method: "eth_getBalance",
            params: ["0x00000000000000000000000000000000000000ff", .object(["blockHash": .string(head.hash.description)])])
    }

    static func block(_ head: BlockHeader, id: UInt64 = 1) -> RPCRequest {
        RPCRequest(id: id, method: "eth_getBlockByHash", params: [.string(head.hash.description), false])
    }

    /// Writes `count` exchanges of two reads each, one per block.
    static func write(_ count: Int, to path: String, chainID: ChainID = 1337) throws {
        let writer = try CassetteWriter(path: path, chainID: chainID)
        for number in 0..<UInt64(count) {
            let head = head(number)
            try writer.record(
                [block(head), balance(at: head, id: 2)], [response(1, json(head)), response(2, Quantity.encode(number))],
                head: head,
                note: number % 7 == 0 ? "a note with \"quotes\"\n" : nil)
        }
        try writer.finish()
    }

    /// A path in the temporary folder that no other test uses.
    static func temporaryPath(_ name: String) -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("kk-\(UUID().uuidString)-\(name)").path
    }

    static func file(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    /// Left-overs in a temporary folder harm nobody.
    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
