import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import EthTrie
import Foundation
import TestSupport
import Testing

@testable import EthChain

@Suite("Roots of real blocks", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct BlockRootTests {
    /// Full blocks of mainnet.
    static func blocks() throws -> [(name: String, json: JSON)] {
        var blocks = try SharedVectors.lines("mainnet/full_blocks.jsonl.gz").map { try JSONScanner.parse($0) }
        for file in try SharedVectors.files(in: "mainnet/nimbus", suffix: ".json") {
            blocks.append(try JSONScanner.parse(SharedVectors.bytes(file)))
        }
        return blocks.map { ("block \($0["number"]?.string ?? "?")", $0) }
    }

    @Test("over transactions and withdrawals are what their headers say")
    func mainnet() throws {
        var (transactions, withdrawals) = (
            VectorTally("transaction roots of mainnet"), VectorTally("withdrawal roots of mainnet")
        )
        for (name, json) in try Self.blocks() {
            let header = try ExecutionHeader(FieldReader(json, path: name))
            let objects = try FieldReader(json, path: name).member("transactions").elements()
            let envelopes = try objects.map { try #require(try TransactionObject($0).envelope) }
            let held = BlockRoots.transactions(envelopes) == header.transactionsRoot
            #expect(held, "\(name)")
            transactions.count(held)
            // No two of them may be exchanged.
            if envelopes.count > 1 {
                var exchanged = envelopes
                exchanged.swapAt(0, envelopes.count - 1)
                #expect(BlockRoots.transactions(exchanged) != header.transactionsRoot)
            }
            guard let list = json["withdrawals"], list != .null else {
                withdrawals.skip("before Shanghai")
                #expect(header.extensions.withdrawalsRoot == nil)
                continue
            }
            let found = try BlockRoots.withdrawals([Withdrawal](FieldReader(list, path: name)))
            let same = found == header.extensions.withdrawalsRoot
            #expect(same, "\(name)")
            withdrawals.count(same)
        }
        transactions.report()
        withdrawals.report()
        #expect(transactions.passed == 30 && withdrawals.passed > 10)
    }

    /// Headers and receipts of recordings, wherever they stand.
    struct Recorded {
        var headers: [BlockHash: ExecutionHeader] = [:]
        /// By block, then by their index.
        var receipts: [BlockHash: [UInt64: ExecutionReceipt]] = [:]

        mutating func collect(_ json: JSON) throws {
            if json["receiptsRoot"] != nil, let hash = json["hash"], hash != .null {
                let header = try ExecutionHeader(FieldReader(json, path: "header"))
                headers[header.hash] = header
            }
            if json["cumulativeGasUsed"] != nil, json["blockHash"] != nil {
                let receipt = try ExecutionReceipt(FieldReader(json, path: "receipt"))
                receipts[receipt.blockHash, default: [:]][receipt.transactionIndex] = receipt
            }
            for member in json.members ?? [] { try collect(member.value) }
            for element in json.array ?? [] { try collect(element) }
        }
    }

    @Test("over receipts and their logs' filter are what the headers say")
    func receipts() throws {
        var recorded = Recorded()
        for header in try RecordedChain().headers { recorded.headers[header.hash] = header }
        for file in try SharedVectors.files(in: "execution-apis/tests", suffix: ".io") where file.contains("Receipt") {
            for line in try SharedVectors.lines(file) where line.starts(with: "<< ".utf8) {
                try recorded.collect(JSONScanner.parse(line.dropFirst(3)))
            }
        }
        for line in try SharedVectors.lines("geth/geth-wire.jsonl.gz") { try recorded.collect(JSONScanner.parse(line)) }
        var tally = VectorTally("receipt roots")
        for (hash, found) in recorded.receipts {
            let receipts = found.sorted { $0.key < $1.key }.map(\.value)
            for receipt in receipts { #expect(receipt.logs.bloom == receipt.logsBloom, "\(receipt.transactionHash)") }
            guard let header = recorded.headers[hash], receipts.last?.cumulativeGasUsed == header.gasUsed,
                receipts.reduce(0, { $0 + $1.gasUsed }) == header.gasUsed
            else {
                tally.skip("with only some of the receipts, or without the header")
                continue
            }
            let held = BlockRoots.receipts(receipts) == header.receiptsRoot
            #expect(held, "block \(header.number)")
            tally.count(held)
            var bloom = FixedBytes<256>()
            for receipt in receipts { bloom.formUnion(receipt.logs.bloom) }
            #expect(bloom == header.logsBloom)
            var changed = receipts
            changed[0].cumulativeGasUsed += 1
            #expect(BlockRoots.receipts(changed) != header.receiptsRoot)
        }
        // Encoded by a node.
        let raw = try #require(SharedVectors.lines("execution-apis/tests/debug_getRawReceipts/get-block-n.io").last)
        let encoded = try #require(JSONScanner.parse(raw.dropFirst(3))["result"]?.array)
        let third = try #require(recorded.headers.values.first { $0.number == 3 && $0.gasUsed > 0 })
        let held = try Trie.orderedRoot(of: encoded.map { try Hex.decode($0.string ?? "") }) == third.receiptsRoot
        #expect(held)
        tally.count(held)
        tally.report()
        #expect(tally.passed >= 4)
    }

    @Test("over the accounts of a genesis are those of its header")
    func genesis() throws {
        let genesis = try JSONScanner.parse(SharedVectors.bytes("execution-apis/tests/genesis.json"))
        var accounts: [Address: AccountLeaf] = [:]
        for member in try #require(genesis["alloc"]?.members) {
            let address = try #require(Address(SharedVectors.unhex(member.name)))
            let reader = FieldReader(member.value, path: member.name)
            var slots: [UInt256: UInt256] = [:]
            for slot in try reader.optional("storage")?.json.members ?? [] {
                let value = try #require(B256(SharedVectors.unhex(slot.value.string ?? "")))
                slots[UInt256(bigEndian: try #require(B256(SharedVectors.unhex(slot.name))))] = UInt256(bigEndian: value)
            }
            let code = try reader.optional("code")?.bytes() ?? []
            accounts[address] = AccountLeaf(
                nonce: try reader.optional("nonce")?.uint64() ?? 0, balance: try reader.member("balance").wei(),
                storageRoot: StateRoot.storage(slots), codeHash: Keccak256.hash(code))
        }
        let raw = try SharedVectors.text("execution-apis/tests/debug_getRawHeader/get-genesis.io")
        let line = try #require(raw.split(separator: "\n").first { $0.hasPrefix("<< ") })
        let answer = try JSONScanner.parse(Array(line.dropFirst(3).utf8))
        let header = try ExecutionHeader(decoding: Hex.decode(#require(answer["result"]?.string)))
        #expect(StateRoot.accounts(accounts) == header.stateRoot && accounts.count > 10)
    }
}

/// The chain that the recorded answers of execution-apis are about, without its genesis.
struct RecordedChain {
    let headers: [ExecutionHeader]

    init() throws {
        var headers: [ExecutionHeader] = []
        let bytes = try SharedVectors.bytes("execution-apis/tests/chain.rlp")
        try bytes.withUnsafeBytes { buffer in
            var reader = RLPReader(buffer)
            while !reader.isAtEnd {
                var block = try reader.list()
                headers.append(try ExecutionHeader(&block))
            }
        }
        self.headers = headers
    }
}
