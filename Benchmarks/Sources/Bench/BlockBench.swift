import CPeers
import EthPrimitives
import EthRPC
import Foundation

/// A node's answers read into types, hexadecimal to numbers and bytes included.
enum BlockBench {
    static func rows() throws -> [Row] {
        let sample = BlockSample.made
        let block = try Block(sample.block[...])
        let receipts = try [ExecutionReceipt](sample.receipts[...])
        precondition(block.transactions.count == BlockSample.count && receipts.count == BlockSample.count, "another count")
        let theirs = try JSONDecoder().decode(DecodedBlock<AsValues>.self, from: Data(sample.block))
        guard case .full(let transactions) = block.transactions else { preconditionFailure("hashes only") }
        for (ours, theirs) in zip(transactions, theirs.transactions) {
            precondition(ours.object.unsigned.transaction.data == theirs.input.value, "other data")
            precondition(ours.object.statedHash?.bytes == theirs.hash.value, "another hash")
        }
        return [
            row(
                "decode a block of 200 transactions", sample.block, "json_block", as: DecodedBlock<AsStrings>.self,
                DecodedBlock<AsValues>.self
            ) {
                try Block(sample.block[...])
            },
            row(
                "decode its 200 receipts", sample.receipts, "json_receipts", as: [DecodedReceipt<AsStrings>].self,
                [DecodedReceipt<AsValues>].self
            ) {
                try [ExecutionReceipt](sample.receipts[...])
            },
        ]
    }

    private static func row<Value, Strings: Decodable, Values: Decodable>(
        _ name: String, _ json: [UInt8], _ python: String, as strings: Strings.Type, _ values: Values.Type,
        _ decode: @escaping () throws -> Value
    ) -> Row {
        let data = Data(json)
        // The memory stays until the process ends.
        let padded = UnsafeMutablePointer<UInt8>.allocate(capacity: json.count + peer_simdjson_padding())
        padded.initialize(repeating: 0, count: json.count + peer_simdjson_padding())
        padded.update(from: json, count: json.count)
        precondition(peer_simdjson_on_demand(padded, json.count) > 0, "simdjson does not read it")
        var row = Row(
            "\(name), \(json.count / 1_000) kB",
            [
                .ours { for _ in 0..<$0 { use(try decode()) } },
                .peer("JSONDecoder, to strings", .times(8)) {
                    for _ in 0..<$0 { use(try JSONDecoder().decode(strings, from: data)) }
                },
                .peer("JSONDecoder, to numbers and bytes", .times(8)) {
                    for _ in 0..<$0 { use(try JSONDecoder().decode(values, from: data)) }
                },
                .python("orjson, to strings", python),
                .peer("simdjson, a tree of strings") {
                    for _ in 0..<$0 { precondition(peer_simdjson_dom(padded, json.count) == 1, "no JSON") }
                },
                .peer("simdjson on demand, every string") {
                    for _ in 0..<$0 { precondition(peer_simdjson_on_demand(padded, json.count) > 0, "no JSON") }
                },
            ])
        row.bytes = json.count
        return row
    }
}
