import EthCodec
import EthPrimitives
import EthRPC
import Testing

import KeeperTransactions

@Suite("Expected effects")
struct ExpectedEffectTests {
    private let address = Address(lowBytesOf: Keccak256.hash([1]))
    private let topic = Keccak256.hash([2])

    private func log(_ address: Address, _ topics: [B256], _ data: [UInt8]) throws -> Log {
        try Log(
            FieldReader(
                .object([
                    "address": .string(address.hex), "topics": .array(topics.map { .string($0.description) }),
                    "data": .string(Hex.encode(data)), "blockHash": .string(BlockHash().description), "blockNumber": "0x1",
                    "transactionHash": .string(BlockHash().description), "logIndex": "0x0",
                ]), path: "log"))
    }

    @Test("address and first topic must fit; a word, where given, is the first of the data")
    func shown() throws {
        let word = try #require(B256(ascii: "ETH-A"))
        let plain = ExpectedEffect(name: "x", address: address, topic: topic)
        let worded = ExpectedEffect(name: "x", address: address, topic: topic, word: word)
        let other = Address(lowBytesOf: Keccak256.hash([3]))
        #expect(try plain.isShown(by: [log(address, [topic], [])]))
        #expect(try !plain.isShown(by: [log(other, [topic], [])]))
        #expect(try !plain.isShown(by: [log(address, [], [])]))
        #expect(try !plain.isShown(by: [log(address, [word, topic], [])]))
        #expect(try worded.isShown(by: [log(other, [topic], []), log(address, [topic], word.bytes + [1])]))
        #expect(try !worded.isShown(by: [log(address, [topic], Array(word.bytes.dropLast()))]))
        #expect(try !worded.isShown(by: [log(address, [topic], [0] + word.bytes)]))
        #expect(!plain.isShown(by: []))
    }
}
