import EthPrimitives
import EthTrie
import Testing

@Suite("Receipts and logs") struct ReceiptTests {
    struct Entry: LogFields {
        var address: Address
        var topics: [B256]
        var data: [UInt8]
    }

    @Test("are encoded, filtered and hashed as by an independent implementation", arguments: TrieVectors.all.receipts)
    func vectors(_ vector: TrieVectors.Receipt) throws {
        let logs = vector.logs.map { Entry(address: $0.address, topics: $0.topics, data: $0.data.rawValue) }
        let gas = try #require(Gas(vector.gas))
        let encoded = ReceiptEncoding.encode(
            type: vector.type, outcome: .status(vector.status == 1), cumulativeGasUsed: gas, logs: logs)
        #expect(encoded == vector.encoded.rawValue)
        #expect(logs.hash == vector.logsHash)
    }

    @Test("without logs have an empty filter and the hash of an empty list")
    func none() throws {
        let none: [Entry] = []
        #expect(none.bloom.isZero)
        #expect(none.hash == (try B256(hex: "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347")))
    }

    @Test("filters of several logs are those of each together")
    func union() {
        let logs = (1...9 as ClosedRange<UInt64>).map {
            Entry(address: Address(lowBytesOf: UInt256($0).bigEndianBytes), topics: [UInt256($0).bigEndianBytes], data: [])
        }
        var union = FixedBytes<256>()
        for log in logs { union.formUnion([log].bloom) }
        #expect(union == logs.bloom && logs.bloom != logs.dropLast().bloom)
    }
}
