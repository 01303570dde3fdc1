import EthPrimitives
import Foundation

/// A block and receipts for Foundation's decoder: once as the strings that stand in the JSON, once decoded to numbers and bytes by
/// our hexadecimal, so that only the reading of JSON differs.
protocol HexadecimalForm {
    associatedtype Number: Decodable
    associatedtype Wide: Decodable
    associatedtype Bytes: Decodable
}

enum AsStrings: HexadecimalForm {
    typealias Number = String
    typealias Wide = String
    typealias Bytes = String
}

enum AsValues: HexadecimalForm {
    struct Number: Decodable {
        let value: UInt64
        init(from decoder: any Decoder) throws {
            let text = try decoder.singleValueContainer().decode(String.self)
            guard text.hasPrefix("0x"), let value = UInt64(text.dropFirst(2), radix: 16) else { throw CocoaError(.formatting) }
            self.value = value
        }
    }
    struct Wide: Decodable {
        let value: UInt256
        init(from decoder: any Decoder) throws {
            let text = try decoder.singleValueContainer().decode(String.self)
            let digits = text.utf8.count % 2 == 0 ? text : "0x0" + text.dropFirst(2)
            value = try Hex.decode(digits).withUnsafeBytes { UInt256(bigEndianBytes: $0) }
        }
    }
    struct Bytes: Decodable {
        let value: [UInt8]
        init(from decoder: any Decoder) throws {
            value = try Hex.decode(try decoder.singleValueContainer().decode(String.self))
        }
    }
}

struct DecodedBlock<Form: HexadecimalForm>: Decodable {
    let baseFeePerGas, blobGasUsed, difficulty, excessBlobGas, gasLimit, gasUsed, number, size, timestamp: Form.Number
    let extraData, hash, logsBloom, miner, mixHash, nonce, parentBeaconBlockRoot, parentHash, receiptsRoot: Form.Bytes
    let requestsHash, sha3Uncles, stateRoot, transactionsRoot, withdrawalsRoot: Form.Bytes
    let uncles: [Form.Bytes]
    let transactions: [Transaction]
    let withdrawals: [Withdrawal]

    struct Transaction: Decodable {
        let blockNumber, blockTimestamp, gas, gasPrice, nonce, transactionIndex, type, chainId, v: Form.Number
        let yParity, maxFeePerGas, maxPriorityFeePerGas, maxFeePerBlobGas: Form.Number?
        let value, r, s: Form.Wide
        let blockHash, from, hash, input: Form.Bytes
        let to: Form.Bytes?
        let accessList: [AccessEntry]?
        let blobVersionedHashes: [Form.Bytes]?
        let authorizationList: [Authorization]?
    }

    struct AccessEntry: Decodable {
        let address: Form.Bytes
        let storageKeys: [Form.Bytes]
    }

    struct Authorization: Decodable {
        let chainId, nonce, yParity: Form.Number
        let address: Form.Bytes
        let r, s: Form.Wide
    }

    struct Withdrawal: Decodable {
        let index, validatorIndex, amount: Form.Number
        let address: Form.Bytes
    }
}

struct DecodedReceipt<Form: HexadecimalForm>: Decodable {
    let blockNumber, cumulativeGasUsed, effectiveGasPrice, gasUsed, status, transactionIndex, type: Form.Number
    let blockHash, from, logsBloom, transactionHash: Form.Bytes
    let contractAddress, to: Form.Bytes?
    let logs: [Log]

    struct Log: Decodable {
        let blockNumber, blockTimestamp, transactionIndex, logIndex: Form.Number
        let address, data, blockHash, transactionHash: Form.Bytes
        let topics: [Form.Bytes]
        let removed: Bool
    }
}
