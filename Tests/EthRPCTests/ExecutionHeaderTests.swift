import EthCodec
import EthPrimitives
import EthTransactions
import TestSupport
import Testing

@testable import EthRPC

@Suite("Header hashes", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct ExecutionHeaderVectorTests {
    @Test("of recorded blocks of every fork come out of their fields", arguments: RecordedObjects.recordings)
    func recorded(recording: String) throws {
        let blocks = try RecordedObjects(recording).blocks
        var tally = VectorTally("header hashes \(recording)")
        for (index, block) in blocks.enumerated() {
            if block["prevRandao"] != nil {
                tally.skip("a payload of the Engine API, which is no block object")
                continue
            }
            if block["hash"] == .null {
                tally.skip("pending, hence without a hash")
                continue
            }
            let header = try ExecutionHeader(FieldReader(block, path: "\(recording)[\(index)]"))
            var held = header.hash.description == block["hash"]?.string
            held = try held && ExecutionHeader(decoding: header.encoded) == header
            #expect(held, "\(recording)[\(index)] block \(header.number)")
            tally.count(held)
        }
        tally.report()
        let expected = [
            "mainnet/headers.jsonl.gz": 305, "mainnet/full_blocks.jsonl.gz": 19, "mainnet/nimbus": 11,
            "mainnet/maker_poke_txs.jsonl": 4,
            "rpc/mainnet_rpc_pairs.jsonl.gz": 8, "geth/geth-wire.jsonl.gz": 36, "execution-apis/tests": 247,
        ]
        #expect(tally.passed == expected[recording, default: 0])
    }

    @Test("of a chain file's blocks link each to the next, and its transactions decode")
    func chainFile() throws {
        var tally = VectorTally("execution-apis/tests/chain.rlp blocks")
        var transactions = VectorTally("execution-apis/tests/chain.rlp transactions")
        var parent: ExecutionHeader?
        for block in try Self.split(SharedVectors.bytes("execution-apis/tests/chain.rlp")) {
            let parts = try RLPDecoder.decode(block).asList()
            let header = try ExecutionHeader(decoding: RLPEncoder.encode(parts[0]))
            let held = header.encoded == RLPEncoder.encode(parts[0]) && (parent.map { $0.hash == header.parentHash } ?? true)
            #expect(held, "block \(header.number)")
            tally.count(held)
            parent = header
            for item in try parts[1].asList() {
                // A block holds legacy transactions as lists and typed ones as byte strings.
                let raw = if case .bytes(let bytes) = item { bytes } else { RLPEncoder.encode(item) }
                let envelope = try TransactionEnvelope(decoding: raw)
                let rebuilt = envelope.unsigned.signed(envelope.signature)
                let rules = StatelessRules(chainID: 3_503_995_874_084_926, fork: Self.fork(header))
                let sender = try rules.check(envelope)
                let object = try TransactionObject(FieldReader(envelope.json, path: "tx"))
                let held = try rebuilt.encoded == raw && object.envelope == envelope && object.envelope?.sender() == sender
                #expect(held, "block \(header.number)")
                transactions.count(held)
            }
        }
        tally.report()
        transactions.report()
        #expect(tally.passed > 40 && transactions.passed > 100)
    }

    @Test("and raw headers are what debug_getRawHeader and debug_getRawBlock answer, and the mainnet genesis")
    func raw() throws {
        let (_, answer) = try #require(SharedVectors.executionAPIs("debug_getRawHeader").first)
        let raw = try #require(JSONScanner.parse(answer)["result"]?.string)
        let header = try ExecutionHeader(decoding: Hex.decode(raw))
        #expect(Hex.encode(header.encoded) == raw && header.number == 0)
        let (_, transaction) = try #require(SharedVectors.executionAPIs("debug_getRawTransaction").first)
        let bytes = try Hex.decode(#require(JSONScanner.parse(transaction)["result"]?.string))
        let envelope = try TransactionEnvelope(decoding: bytes)
        // The hash that the recorded request asks for.
        #expect(envelope.hash.description == "0xc1d605c6612a5fe84dc95810030bfe5b1d327652b381bc695e28f50d13b2b09e")
        struct Genesis: Decodable { let genesis_rlp_hex, genesis_state_root, genesis_hash: String }
        let genesis: Genesis = try SharedVectors.json("ethereum-tests/BasicTests/genesishashestest.json")
        let block = try RLPDecoder.decode(SharedVectors.unhex(genesis.genesis_rlp_hex)).asList(count: 3)
        let mainnet = try ExecutionHeader(decoding: RLPEncoder.encode(block[0]))
        var tally = VectorTally("ethereum-tests/BasicTests/genesishashestest")
        tally.count(Hex.encodeUnprefixed(mainnet.hash.bytes) == genesis.genesis_hash)
        tally.count(Hex.encodeUnprefixed(mainnet.stateRoot.bytes) == genesis.genesis_state_root)
        tally.report()
        #expect(tally.passed == 2)
    }

    @Test("leave out headers of networks before the genesis block, which are no headers of the protocol")
    func beforeGenesis() throws {
        struct Case: Decodable { let result: String }
        var tally = VectorTally("ethereum-tests/BasicTests/blockgenesistest")
        for test in try SharedVectors.json("ethereum-tests/BasicTests/blockgenesistest.json", as: [Case].self) {
            let parts = try RLPDecoder.decode(SharedVectors.unhex(test.result)).asList(count: 3)
            #expect(throws: RLPError.wrongCount(expected: 15, actual: 13)) {
                try ExecutionHeader(decoding: RLPEncoder.encode(parts[0]))
            }
            tally.skip(
                "a header of 13 fields from a proof of concept before the genesis block: its RLP runs, its refusal is tested")
        }
        tally.report()
    }

    /// The rules of a block of that chain, by the heights in its genesis file or else by the fields that later forks added.
    private static func fork(_ header: ExecutionHeader) -> Fork {
        if header.extensions.requestsHash != nil { return header.timestamp < 480 ? .prague : .osaka }
        if header.extensions.parentBeaconBlockRoot != nil { return .cancun }
        if header.extensions.withdrawalsRoot != nil { return .shanghai }
        if header.extensions.baseFeePerGas != nil { return header.difficulty == 0 ? .paris : .london }
        let heights: [(UInt64, Fork)] = [
            (24, .berlin), (18, .istanbul), (15, .constantinopleFix), (12, .constantinople), (9, .byzantium), (6, .eip158),
            (3, .eip150),
        ]
        return heights.first { header.number >= $0.0 }?.1 ?? .homestead
    }

    /// The items that follow each other in a file.
    private static func split(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var items: [[UInt8]] = []
        var rest = bytes[...]
        while let first = rest.first {
            try #require(first >= 0xf8, "blocks are long lists")
            let width = Int(first) - 0xf7
            let count = rest.dropFirst().prefix(width).reduce(0) { $0 << 8 | Int($1) }
            items.append(Array(rest.prefix(1 + width + count)))
            rest = rest.dropFirst(1 + width + count)
        }
        return items
    }
}

@Suite("Execution header")
struct ExecutionHeaderTests {
    @Test("requires earlier forks' fields before later ones")
    func order() throws {
        #expect(throws: Never.self) { try HeaderExtensions(baseFeePerGas: Wei(1), withdrawalsRoot: B256()) }
        let gap = #expect(throws: HeaderExtensionError.self) { try HeaderExtensions(withdrawalsRoot: B256()) }
        #expect(gap?.missing == "baseFeePerGas" && gap?.requiredBy == "withdrawalsRoot")
        let inner = #expect(throws: HeaderExtensionError.self) {
            try HeaderExtensions(
                baseFeePerGas: Wei(1), withdrawalsRoot: B256(), blobGasUsed: 0, parentBeaconBlockRoot: B256(),
                requestsHash: B256())
        }
        #expect(inner?.missing == "excessBlobGas" && inner?.requiredBy == "parentBeaconBlockRoot")
    }

    static let header = ExecutionHeader(
        parentHash: B256(), sha3Uncles: B256(), miner: .zero, stateRoot: B256(), transactionsRoot: B256(), receiptsRoot: B256(),
        logsBloom: FixedBytes<256>(), difficulty: 0, number: 300, gasLimit: 1, gasUsed: 0, timestamp: 2, extraData: [7],
        mixHash: B256(), nonce: FixedBytes<8>(),
        extensions: HeaderExtensions(inOrder: Wei(9), B256(), 0, 0, B256(), B256()))

    @Test("is read back from its encoding at every number of later fields, and from no other length")
    func lengths() throws {
        let fields = try RLPDecoder.decode(Self.header.encoded).asList(count: 21)
        for count in 0...22 {
            let list = RLPItem.list(Array((fields + [.bytes([])]).prefix(count)))
            if (15...21).contains(count) {
                #expect(try ExecutionHeader(decoding: RLPEncoder.encode(list)).encoded == RLPEncoder.encode(list))
            } else {
                #expect(throws: RLPError.wrongCount(expected: count < 15 ? 15 : 21, actual: count)) {
                    try ExecutionHeader(decoding: RLPEncoder.encode(list))
                }
            }
        }
        #expect(try ExecutionHeader(decoding: Self.header.encoded) == Self.header)
    }

    @Test("is refused where a field has another form")
    func forms() throws {
        let fields = try RLPDecoder.decode(Self.header.encoded).asList(count: 21)
        for (index, field) in fields.enumerated() {
            for wrong: RLPItem in [.list([]), .bytes([0, 0])] where wrong != field {
                // Extra data may be any bytes.
                if index == 12, case .bytes = wrong { continue }
                var changed = fields
                changed[index] = wrong
                #expect(throws: RLPError.self, "field \(index)") {
                    try ExecutionHeader(decoding: RLPEncoder.encode(.list(changed)))
                }
            }
        }
    }
}
