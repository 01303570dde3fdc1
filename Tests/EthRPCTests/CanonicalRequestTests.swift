import EthCodec
import EthPrimitives
import Testing

@testable import EthRPC

@Suite("Canonical requests")
struct CanonicalRequestTests {
    /// Requests written in two ways that mean the same, as JSON.
    struct Pair: Sendable, CustomTestStringConvertible {
        var method: String
        var a: String
        var b: String
        var testDescription: String { "\(method) \(b)" }
    }

    private static let address = "0xE782Fc9122cc28e43e3184230179770e6c7E2E54"
    private static let lower = address.lowercased()
    private static let hash = "0x0a" + String(repeating: "0B", count: 31)
    private static let lowerHash = hash.lowercased()

    static let same = [
        Pair(method: "eth_getBalance", a: "[\"\(address)\",\"latest\"]", b: "[\"\(lower)\",\"latest\"]"),
        Pair(method: "eth_getBalance", a: "[\"\(address)\",\"0x00fF\"]", b: "[\"\(lower)\",\"0xff\"]"),
        Pair(
            method: "eth_getStorageAt", a: "[\"\(address)\",\"0x\(String(repeating: "0", count: 63))3\",\"0x1\"]",
            b: "[\"\(lower)\",\"0x3\",\"0x1\"]"),
        Pair(
            method: "eth_getStorageAt", a: "[\"\(lower)\",\"0x0\",\"0x1\"]",
            b: "[\"\(lower)\",\"0x\(String(repeating: "0", count: 64))\",\"0x1\"]"),
        Pair(
            method: "eth_getStorageAt", a: "[\"\(lower)\",\"0x0\",{\"blockHash\":\"\(hash)\",\"requireCanonical\":false}]",
            b: "[\"\(lower)\",\"0x0\",{\"blockHash\":\"\(lowerHash)\"}]"),
        Pair(
            method: "eth_call", a: "[{\"to\":\"\(address)\",\"input\":\"0xAB\"},\"latest\"]",
            b: "[{\"data\":\"0xab\",\"to\":\"\(lower)\"},\"latest\"]"),
        Pair(
            method: "eth_call",
            a:
                "[{\"to\":\"\(lower)\",\"data\":\"0x00ab\",\"gas\":\"0x0001\",\"value\":\"0x00\",\"from\":null},\"latest\",null,{}]",
            b: "[{\"to\":\"\(lower)\",\"data\":\"0x00ab\",\"gas\":\"0x1\",\"value\":\"0x0\"},\"latest\"]"),
        Pair(
            method: "eth_estimateGas", a: "[{\"to\":\"\(lower)\"},\"latest\",{},{\"time\":\"0x0068\",\"number\":\"0xAB\"}]",
            b: "[{\"to\":\"\(lower)\"},\"latest\",{},{\"number\":\"0xab\",\"time\":\"0x68\"}]"),
        Pair(
            method: "eth_estimateGas", a: "[{\"to\":\"\(lower)\"},\"latest\",null,{\"time\":\"0x68\"}]",
            b: "[{\"to\":\"\(lower)\"},\"latest\",{},{\"time\":\"0x68\",\"number\":null}]"),
        Pair(
            method: "eth_getLogs",
            a: "[{\"address\":[\"\(address)\",\"0x0000000000000000000000000000000000000001\"],\"fromBlock\":\"0x01\"}]",
            b: "[{\"fromBlock\":\"0x1\",\"address\":[\"0x0000000000000000000000000000000000000001\",\"\(lower)\"]}]"),
        Pair(method: "eth_getLogs", a: "[{\"address\":\"\(address)\",\"topics\":null}]", b: "[{\"address\":[\"\(lower)\"]}]"),
        Pair(method: "eth_feeHistory", a: "[10,\"0x0a\",[10,50]]", b: "[\"0xa\",\"0xA\",[10,50]]"),
        Pair(method: "eth_feeHistory", a: "[\"0x0a\",\"LATEST\",[]]", b: "[\"0xa\",\"latest\",[]]"),
        Pair(method: "eth_getBalance", a: "[\"\(lower)\",\"0X00A\"]", b: "[\"\(lower)\",\"0xa\"]"),
        Pair(method: "eth_chainId", a: "[null,{}]", b: "[]"),
        Pair(method: "eth_getBlockByHash", a: "[\"\(hash)\",false]", b: "[\"\(lowerHash)\",false]"),
        Pair(method: "eth_getBalance", a: "[\"\(address)\",\"\(hash)\"]", b: "[\"\(lower)\",{\"blockHash\":\"\(lowerHash)\"}]"),
        Pair(method: "eth_getLogs", a: "[{\"topics\":[null,\"\(hash)\"]}]", b: "[{\"topics\":[[],[\"\(lowerHash)\"]]}]"),
        Pair(method: "eth_getLogs", a: "[{\"topics\":[[\"0x02\",\"0x01\"]]}]", b: "[{\"topics\":[[\"0x01\",\"0x02\"]]}]"),
        Pair(
            method: "eth_getLogs", a: "[{\"address\":[],\"fromBlock\":\"0x1\"}]", b: "[{\"address\":null,\"fromBlock\":\"0x1\"}]"),
        Pair(method: "eth_getLogs", a: "[{\"topics\":[]}]", b: "[{\"topics\":null}]"),
        Pair(method: "eth_getBlockReceipts", a: "[\"\(hash)\"]", b: "[{\"blockHash\":\"\(lowerHash)\"}]"),
        Pair(method: "eth_getBlockReceipts", a: "[\"\(hash)\"]", b: "[\"\(lowerHash)\"]"),
    ]

    private func canonical(_ method: String, _ params: String) throws -> CanonicalRequest {
        CanonicalRequest(method: method, params: try #require(try JSONScanner.parse(Array(params.utf8)).array))
    }

    @Test("two ways to write one request are equal", arguments: same)
    func equal(_ pair: Pair) throws {
        let a = try canonical(pair.method, pair.a)
        let b = try canonical(pair.method, pair.b)
        #expect(a == b)
        #expect(a.pinnedTo == b.pinnedTo)
        // A canonical request is its own canonical form.
        let text = String(a.description.dropFirst(pair.method.count))
        #expect(try canonical(pair.method, text) == a)
    }

    static let different = [
        Pair(method: "eth_getStorageAt", a: "[\"\(lower)\",\"0x1\",\"0x1\"]", b: "[\"\(lower)\",\"0x10\",\"0x1\"]"),
        Pair(method: "eth_call", a: "[{\"data\":\"0x00ab\"},\"latest\"]", b: "[{\"data\":\"0xab\"},\"latest\"]"),
        Pair(method: "eth_call", a: "[{\"data\":\"0x\"},\"latest\"]", b: "[{\"data\":\"0x\"},\"pending\"]"),
        Pair(
            method: "eth_call", a: "[{\"to\":\"\(lower)\"},{\"blockHash\":\"\(hash)\",\"requireCanonical\":true}]",
            b: "[{\"to\":\"\(lower)\"},{\"blockHash\":\"\(hash)\"}]"),
        Pair(method: "eth_estimateGas", a: "[{},\"latest\",{},{\"time\":\"0x1\"}]", b: "[{},\"latest\",{},{\"number\":\"0x1\"}]"),
        Pair(
            method: "eth_estimateGas", a: "[{\"to\":\"\(lower)\"},\"latest\",{},{\"time\":\"0x1\"}]",
            b: "[{\"to\":\"\(lower)\"},\"latest\"]"),
        Pair(
            method: "eth_call", a: "[{\"to\":\"\(lower)\"},\"latest\",{\"\(lower)\":{\"balance\":\"0x1\"}}]",
            b: "[{\"to\":\"\(lower)\"},\"latest\",{\"\(lower)\":{\"balance\":\"0x2\"}}]"),
        Pair(method: "eth_getLogs", a: "[{\"topics\":[\"0x01\",\"0x02\"]}]", b: "[{\"topics\":[\"0x02\",\"0x01\"]}]"),
        Pair(method: "eth_getLogs", a: "[{\"topics\":[null,\"0x02\"]}]", b: "[{\"topics\":[\"0x02\"]}]"),
        Pair(method: "eth_getLogs", a: "[{\"topics\":[\"0x02\",[]]}]", b: "[{\"topics\":[\"0x02\"]}]"),
        Pair(method: "eth_feeHistory", a: "[\"0xa\",\"0xa\",[10]]", b: "[\"0xa\",\"0xa\",[50]]"),
        Pair(method: "eth_getBlockByHash", a: "[\"\(hash)\",false]", b: "[\"\(hash)\",true]"),
    ]

    @Test("requests that ask for different things differ", arguments: different)
    func unequal(_ pair: Pair) throws {
        #expect(try canonical(pair.method, pair.a) != canonical(pair.method, pair.b))
    }

    @Test("a hash keeps its leading zeros and pins the request")
    func pinned() throws {
        let hash = "0x00" + String(repeating: "0b", count: 31)
        let expected = try BlockHash(hex: hash)
        #expect(try canonical("eth_getBlockByHash", "[\"\(hash)\",false]").pinnedTo == expected)
        #expect(try canonical("eth_getBlockReceipts", "[\"\(hash)\"]").pinnedTo == expected)
        #expect(try canonical("eth_getBalance", "[\"\(Self.lower)\",{\"blockHash\":\"\(hash)\"}]").pinnedTo == expected)
        #expect(
            try canonical("eth_call", "[{\"to\":\"\(Self.lower)\"},{\"blockHash\":\"\(hash)\"},{},{\"time\":\"0x1\"}]").pinnedTo
                == expected)
        #expect(try canonical("eth_getLogs", "[{\"blockHash\":\"\(hash)\"}]").pinnedTo == expected)
        for (method, params) in [
            ("eth_getBlockByNumber", "[\"latest\",false]"), ("eth_getBlockByNumber", "[\"0x1\",false]"),
            ("eth_getTransactionReceipt", "[\"\(hash)\"]"), ("eth_feeHistory", "[\"0xa\",\"0x1\",[]]"), ("eth_chainId", "[]"),
            ("eth_getBalance", "[\"\(Self.lower)\",{\"blockHash\":\"0x1\"}]"),
        ] {
            #expect(try canonical(method, params).pinnedTo == nil, "\(method)\(params)")
        }
    }

    @Test("our own reads are canonical as they are sent")
    func ownReads() throws {
        let head = try BlockHash(hex: Self.hash)
        let contract = try #require(Address([UInt8](repeating: 0xAB, count: 20)))
        var batch = ReadBatch(at: .hash(head))
        _ = batch.header(head)
        _ = batch.storage(contract, slot: 2)
        _ = batch.balance(contract)
        _ = batch.nonce(contract)
        _ = batch.feeHistory(count: 10, newest: 170, percentiles: [10, 50, 90])
        _ = batch.estimateGas(CallRequest(to: contract, data: [1]), overrides: BlockOverrides(number: 1, time: 2))
        for request in batch.requests {
            let text = CanonicalRequest(request).description
            #expect(try canonical(request.method, String(text.dropFirst(request.method.count))) == CanonicalRequest(request))
            #expect(try JSONScanner.parse(Array(text.dropFirst(request.method.count).utf8)).array?.count == request.params.count)
        }
    }

    /// Reads that are written as text at once.
    private static let written: [RPCRequest] = {
        let (address, other) = (Address(lowBytesOf: Keccak256.hash([1])), Address(lowBytesOf: B256()))
        let hash = Keccak256.hash([2])
        let blocks: [BlockReference?] = [
            nil, .latest, .pending, .safe, .finalized, .earliest, .number(0), .number(1), .number(.max), .number(0x1000),
            .hash(hash),
            .hash(B256()), .canonicalHash(hash), .bareHash(hash),
        ]
        var requests: [RPCRequest] = [
            RPCQuery<ChainID>.chainID.request(), RPCQuery<UInt64>.blockNumber.request(id: 9), RPCQuery<Wei>.gasPrice.request(),
            RPCQuery<Receipt?>.receipt(hash).request(), RPCQuery<ReportedTransaction?>.transaction(B256()).request(),
            RPCQuery<BlockHeader?>.header(.hash(hash)).request(), RPCQuery<BlockHeader?>.header(.bareHash(B256())).request(),
        ]
        for block in blocks {
            requests += [
                RPCQuery<Wei>.balance(of: address, at: block).request(), RPCQuery<Nonce>.nonce(of: other, at: block).request(),
                RPCQuery<[UInt8]>.code(of: address, at: block).request(),
            ]
            for slot in [UInt256(0), 1, 16, UInt256(UInt64.max), UInt256.max] {
                requests.append(RPCQuery<B256>.storage(of: address, .slot(slot), at: block).request())
            }
            for (from, data) in [(nil, []), (other, [0]), (address, [UInt8](repeating: 0xAB, count: 300))]
                as [(Address?, [UInt8])]
            {
                let call = CallRequest(from: from, to: address, data: data)
                requests += [
                    RPCQuery<[UInt8]>.call(call, at: block).request(), RPCQuery<Gas>.estimateGas(call, at: block).request(id: 77),
                ]
            }
        }
        return requests
    }()

    @Test("what is written as text is what its values say, and as canonical as they")
    func writtenReads() throws {
        let (single, perBlock, blocks) = (7, 14, 14)
        #expect(Self.written.count == single + perBlock * blocks)
        for request in Self.written {
            let text = try #require(request.text)
            let values = RPCRequest(id: request.id, method: request.method, params: request.params)
            #expect(JSONWriter.bytes(of: .array(request.params)) == text)
            #expect(values == request && values.hashValue == request.hashValue)
            #expect(RPCRequest.body(of: [request]) == JSONWriter.bytes(of: request.json))
            #expect(RPCRequest.body(of: [request, request]) == JSONWriter.bytes(of: .array([request.json, request.json])))
            let (one, other) = (CanonicalRequest(request), CanonicalRequest(values))
            #expect(one == other && one.hashValue == other.hashValue && one.description == other.description)
            #expect(one.pinnedTo == other.pinnedTo)
            var changed = request
            changed.params = ["0x1"]
            #expect(changed.params == ["0x1"] && changed != request && CanonicalRequest(changed) != one)
        }
        // A bare hash is written as it was asked, and has another canonical form.
        let different = Set(Self.written.map { CanonicalRequest($0) }).count
        #expect(Self.written.filter { $0.canonical == nil }.count == perBlock)
        #expect(different == single + perBlock * (blocks - 1))
    }
}
