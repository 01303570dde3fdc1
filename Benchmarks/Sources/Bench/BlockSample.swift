import EthCodec
import EthPrimitives

/// A block of 200 transactions and its receipts as a node writes them: of the five types as often as on mainnet, with calldata of the
/// lengths that are usual there. The same bytes on every run.
struct BlockSample {
    let block: [UInt8]
    let receipts: [UInt8]

    static let count = 200
    static let hash = word(1)

    static let made = BlockSample()

    private init() {
        let transactions = (0..<Self.count).map(Self.transaction)
        var members: [JSON.Member] = [
            .init("baseFeePerGas", "0x3b9aca07"), .init("blobGasUsed", "0x60000"), .init("difficulty", "0x0"),
            .init("excessBlobGas", "0x4b80000"), .init("extraData", "0x6265617665726275696c642e6f7267"),
            .init("gasLimit", "0x2255100"), .init("gasUsed", "0x1a2b3c4"), .init("hash", Self.hash),
            .init("logsBloom", Self.bytes(256, 2)), .init("miner", Self.address(3)), .init("mixHash", Self.word(4)),
            .init("nonce", "0x0000000000000000"), .init("number", "0x1564b28"), .init("parentBeaconBlockRoot", Self.word(5)),
            .init("parentHash", Self.word(6)), .init("receiptsRoot", Self.word(7)), .init("requestsHash", Self.word(8)),
            .init("sha3Uncles", Self.word(9)), .init("size", "0x1cd3e"), .init("stateRoot", Self.word(10)),
            .init("timestamp", "0x6818f2b3"),
        ]
        members += [
            .init("transactions", .array(transactions)), .init("transactionsRoot", Self.word(11)), .init("uncles", []),
            .init("withdrawals", .array((0..<16).map(Self.withdrawal))), .init("withdrawalsRoot", Self.word(12)),
        ]
        block = JSONWriter.bytes(of: .object(members))
        receipts = JSONWriter.bytes(of: .array((0..<Self.count).map(Self.receipt)))
    }

    private static func bytes(_ count: Int, _ seed: Int) -> JSON {
        var bytes: [UInt8] = []
        while bytes.count < count { bytes += Keccak256.hash(Samples.bytes(16, seed &* 31 &+ bytes.count)).bytes }
        return .string(Hex.encode(bytes.prefix(count)))
    }

    private static func word(_ seed: Int) -> JSON { bytes(32, seed) }
    private static func address(_ seed: Int) -> JSON { bytes(20, seed) }
    private static func quantity(_ value: Int) -> JSON { .string("0x" + String(value, radix: 16)) }

    private static func withdrawal(_ index: Int) -> JSON {
        .object([
            "index": quantity(80_000_000 + index), "validatorIndex": quantity(900_000 + 17 * index), "address": address(index),
            "amount": quantity(18_000_000 + index),
        ])
    }

    /// Bytes of calldata: half of all transactions transfer something, some call with much.
    private static func dataLength(_ index: Int) -> Int {
        switch index % 10 {
        case 0, 1, 2: 0
        case 3, 4, 5: 68
        case 6, 7: 228
        case 8: 1_156
        default: 1_956
        }
    }

    private static func transaction(_ index: Int) -> JSON {
        let type = index % 50 == 49 ? 4 : index % 50 == 48 ? 3 : index % 50 == 47 ? 1 : index % 5 == 4 ? 0 : 2
        var members: [JSON.Member] = [
            .init("blockHash", hash), .init("blockNumber", "0x1564b28"), .init("blockTimestamp", "0x6818f2b3"),
            .init("from", address(100 + index)), .init("gas", quantity(21_000 + 997 * index)),
            .init("gasPrice", quantity(1_000_000_007 + index)), .init("hash", word(1_000 + index)),
            .init("input", bytes(dataLength(index), index)), .init("nonce", quantity(index * 37)),
            .init("to", address(300 + index)), .init("transactionIndex", quantity(index)), .init("type", quantity(type)),
            .init("value", quantity(index % 3 == 0 ? 0 : 1_234_567_890_123_456_789 &+ index)), .init("chainId", "0x1"),
            // r and s below the order of the group.
            .init("r", .string("0x7" + (word(2_000 + index).string ?? "").dropFirst(3))),
            .init("s", .string("0x1" + (word(3_000 + index).string ?? "").dropFirst(3))),
        ]
        if type == 0 {
            members.append(.init("v", quantity(37 + index % 2)))
            return .object(members)
        }
        members += [.init("v", quantity(index % 2)), .init("yParity", quantity(index % 2))]
        let list: [JSON] =
            index % 10 == 7 ? [.object(["address": address(index), "storageKeys": [word(index), word(index + 1)]])] : []
        members.append(.init("accessList", .array(list)))
        if type == 1 { return .object(members) }
        members += [
            .init("maxFeePerGas", quantity(40_000_000_000 + index)), .init("maxPriorityFeePerGas", quantity(1_000_000 + index)),
        ]
        if type == 3 {
            members += [.init("maxFeePerBlobGas", "0x3b9aca00"), .init("blobVersionedHashes", [word(index), word(index + 1)])]
        }
        if type == 4 {
            let authorization = JSON.object([
                "chainId": "0x1", "address": address(index), "nonce": "0x5", "yParity": "0x1", "r": word(index),
                "s": word(index + 1),
            ])
            members.append(.init("authorizationList", [authorization]))
        }
        return .object(members)
    }

    private static func receipt(_ index: Int) -> JSON {
        let logs = (0..<(index % 4)).map { log(index, $0) }
        return .object([
            "blockHash": hash, "blockNumber": "0x1564b28", "contractAddress": .null,
            "cumulativeGasUsed": quantity(50_000 * (index + 1)), "effectiveGasPrice": quantity(1_000_000_007 + index),
            "from": address(100 + index), "gasUsed": quantity(50_000), "logs": .array(logs), "logsBloom": bytes(256, index),
            "status": index % 30 == 0 ? "0x0" : "0x1", "to": address(300 + index), "transactionHash": word(1_000 + index),
            "transactionIndex": quantity(index), "type": index % 5 == 4 ? "0x0" : "0x2",
        ])
    }

    private static func log(_ index: Int, _ log: Int) -> JSON {
        .object([
            "address": address(500 + log), "topics": [word(7_000), word(index), word(index + log)],
            "data": bytes(32 * (log + 1), log),
            "blockHash": hash, "blockNumber": "0x1564b28", "blockTimestamp": "0x6818f2b3", "transactionHash": word(1_000 + index),
            "transactionIndex": quantity(index), "logIndex": quantity(3 * index + log), "removed": false,
        ])
    }
}
