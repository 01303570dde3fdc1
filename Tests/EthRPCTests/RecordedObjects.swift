import EthCodec
import TestSupport

/// Blocks and transactions wherever they stand in recorded JSON.
struct RecordedObjects {
    private(set) var blocks: [JSON] = []
    private(set) var transactions: [JSON] = []

    /// Names of recordings that hold any, one suite of cases each.
    static let recordings = [
        "mainnet/headers.jsonl.gz", "mainnet/full_blocks.jsonl.gz", "mainnet/nimbus", "mainnet/type3_type4_txs.jsonl.gz",
        "mainnet/maker_poke_txs.jsonl", "rpc/mainnet_rpc_pairs.jsonl.gz", "rpc/etherscan_proxy_pairs.jsonl.gz",
        "geth/geth-wire.jsonl.gz", "execution-apis/tests",
    ]

    init(_ recording: String) throws {
        switch recording {
        case "mainnet/nimbus":
            for file in try SharedVectors.files(in: recording, suffix: ".json") {
                collect(try JSONScanner.parse(SharedVectors.bytes(file)))
            }
        case "execution-apis/tests":
            for file in try SharedVectors.files(in: recording, suffix: ".io") {
                for line in try SharedVectors.lines(file) where line.starts(with: "<< ".utf8) {
                    collect(try JSONScanner.parse(line.dropFirst(3)))
                }
            }
        default: for line in try SharedVectors.lines(recording) { collect(try JSONScanner.parse(line)) }
        }
    }

    private mutating func collect(_ json: JSON) {
        if json["stateRoot"] != nil, json["logsBloom"] != nil { blocks.append(json) }
        if json["r"] != nil, json["s"] != nil, json["nonce"] != nil, json["gas"] != nil { transactions.append(json) }
        for member in json.members ?? [] { collect(member.value) }
        for element in json.array ?? [] { collect(element) }
    }
}
