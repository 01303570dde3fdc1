import EthCodec
import EthPrimitives
import Testing

@testable import EthRPC

@Suite("Provider")
struct ProviderTests {
    private static let account = Address(lowBytesOf: BlockHash())

    /// Answers with prepared results, whatever is asked; may answer too little.
    private struct Fixed: Transport {
        var results: [JSON]

        func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
            try zip(batch, results).map { try RecordedExchange.response($0.id, $1) }
        }
    }

    @Test("reads of a batch are decoded by type; an error names the method")
    func batch() async throws {
        var batch = ReadBatch(at: .latest)
        let nonce = batch.nonce(Self.account)
        let balance = batch.balance(Self.account)
        let word = batch.storage(Self.account, slot: 300)
        let answers = try await Provider(Fixed(results: ["0x7", "0x01", "0x00"])).send(batch)
        #expect(try answers.value(of: nonce) == 7)
        let error = #expect(throws: RPCError.self) { _ = try answers.value(of: balance) }
        #expect(error?.method == "eth_getBalance" && error?.code == .malformedResult)
        #expect(throws: RPCError.self) { _ = try answers.value(of: word) }
        #expect(batch.requests.map(\.id) == [1, 2, 3])
        #expect(batch.requests[2].params[1] == "0x12c")
    }

    @Test("a transport that answers too little is an error, not a crash")
    func tooFew() async throws {
        var batch = ReadBatch(at: .latest)
        _ = batch.nonce(Self.account)
        _ = batch.balance(Self.account)
        let provider = Provider(Fixed(results: ["0x7"]))
        let error = await #expect(throws: RPCError.self) { try await provider.send(batch) }
        #expect(error?.code == .wrongID)
        await #expect(throws: RPCError.self) { try await Provider(Fixed(results: [])).chainID() }
    }

    @Test("null is no block and no receipt, but an error as the latest block")
    func nulls() async throws {
        let provider = Provider(Fixed(results: [.null]))
        #expect(try await provider.header(.number(1)) == nil)
        #expect(try await provider.header(.hash(BlockHash())) == nil)
        #expect(try await provider.receipt(TransactionHash()) == nil)
        await #expect(throws: RPCError.self) { try await provider.head() }
    }

    @Test("references are written as the specification says")
    func references() {
        let hash = BlockHash()
        let all: [(BlockReference, JSON)] = [
            (.latest, "latest"), (.pending, "pending"), (.safe, "safe"), (.finalized, "finalized"), (.earliest, "earliest"),
            (.number(0), "0x0"), (.number(256), "0x100"), (.hash(hash), .object(["blockHash": .string(hash.description)])),
        ]
        for (reference, json) in all { #expect(reference.json == json) }
        #expect(BlockOverrides(time: 16).json == .object(["time": "0x10"]))
    }
}
