import EthCodec
import EthPrimitives
import Testing

@testable import EthRPC

/// Requests written from the specification's schemas, one for each thing that a parameter may say.
@Suite("Requests as the specification spells them")
struct SpecifiedRequestTests {
    private static let address = "0x00000000000000000000000000000000000000a1"
    private static let word = "0x" + String(repeating: "0", count: 62) + "2b"
    private static let blocks = [
        "\"latest\"", "\"earliest\"", "\"pending\"", "\"safe\"", "\"finalized\"", "\"0x0\"", "\"0x36\"", "\"\(word)\"",
        "{\"blockHash\":\"\(word)\"}", "{\"blockHash\":\"\(word)\",\"requireCanonical\":true}",
    ]
    private static let calls = [
        "{}", "{\"to\":\"\(address)\"}", "{\"from\":\"\(address)\",\"input\":\"0x00\"}", "{\"data\":\"0x\"}",
        "{\"to\":\"\(address)\",\"gas\":\"0x186a0\",\"gasPrice\":\"0x0\",\"nonce\":\"0xffffffffffffffff\",\"value\":\"0x1\"}",
        "{\"maxFeePerGas\":\"0x2\"}", "{\"maxPriorityFeePerGas\":\"0x0\"}",
        "{\"type\":\"0x2\",\"chainId\":\"0xc72dd9d5e883e\",\"maxFeePerGas\":\"0x2\",\"maxPriorityFeePerGas\":\"0x1\"}",
        "{\"type\":\"0x1\",\"accessList\":[{\"address\":\"\(address)\",\"storageKeys\":[\"\(word)\",\"\(word)\"]}]}",
        "{\"type\":\"0x1\",\"accessList\":[]}",
        "{\"type\":\"0x3\",\"maxFeePerBlobGas\":\"0x5\",\"blobVersionedHashes\":[\"\(word)\"]}", "{\"blobVersionedHashes\":[]}",
        "{\"type\":\"0x4\",\"authorizationList\":[{\"chainId\":\"0x0\",\"address\":\"\(address)\",\"nonce\":\"0x1\",\"yParity\":\"0x1\",\"r\":\"0x5\",\"s\":\"0x6\"}]}",
        "{\"authorizationList\":[]}",
    ]
    private static let accounts = [
        "{}", "{\"\(address)\":{}}",
        "{\"\(address)\":{\"balance\":\"0x7d0\",\"nonce\":\"0x5\",\"code\":\"0x\",\"movePrecompileToAddress\":\"\(address)\"}}",
        "{\"\(address)\":{\"state\":{\"\(word)\":\"\(word)\"}}}", "{\"\(address)\":{\"stateDiff\":{\"\(word)\":\"\(word)\"}}}",
        "{\"\(address)\":{\"state\":{}}}", "{\"\(address)\":{\"stateDiff\":{}}}",
    ]
    private static let overrides = [
        "{}", "{\"number\":\"0x40\",\"time\":\"0x410\",\"gasLimit\":\"0x16e360\",\"feeRecipient\":\"\(address)\"}",
        "{\"prevRandao\":\"\(word)\",\"baseFeePerGas\":\"0x3ef\",\"blobBaseFee\":\"0x0\"}", "{\"beaconRoot\":\"\(word)\"}",
        "{\"withdrawals\":[]}",
        "{\"withdrawals\":[{\"index\":\"0x0\",\"validatorIndex\":\"0x1\",\"address\":\"\(address)\",\"amount\":\"0x7\"}]}",
    ]
    private static let keys = ["\"0x0\"", "\"0x00\"", "\"0x01\"", "\"0x2b\"", "\"0x0000002b\"", "\"\(word)\""]

    private static let state = blocks.flatMap { block in
        [
            "eth_getBalance [\"\(address)\",\(block)]", "eth_getCode [\"\(address)\",\(block)]",
            "eth_getTransactionCount [\"\(address)\",\(block)]", "eth_getStorageAt [\"\(address)\",\"0x0\",\(block)]",
            "eth_getProof [\"\(address)\",[],\(block)]", "eth_call [{},\(block)]", "eth_estimateGas [{},\(block)]",
            "eth_createAccessList [{},\(block)]", "eth_simulateV1 [{\"blockStateCalls\":[]},\(block)]",
        ]
    }
    private static let defaults = [
        "eth_getBalance [\"\(address)\"]", "eth_getCode [\"\(address)\"]", "eth_getTransactionCount [\"\(address)\"]",
        "eth_getStorageAt [\"\(address)\",\"0x0\"]", "eth_getProof [\"\(address)\",[]]", "eth_call [{}]", "eth_estimateGas [{}]",
        "eth_createAccessList [{}]", "eth_simulateV1 [{\"blockStateCalls\":[]}]", "eth_chainId []", "eth_blockNumber []",
        "eth_syncing []", "eth_gasPrice []", "eth_maxPriorityFeePerGas []", "eth_blobBaseFee []", "eth_baseFee []",
        "net_version []", "web3_clientVersion []", "eth_config []",
    ]
    private static let storage =
        keys.map { "eth_getStorageAt [\"\(address)\",\($0),\"latest\"]" }
        + ["eth_getProof [\"\(address)\",[\(keys.joined(separator: ","))],\"latest\"]"]
    private static let executions =
        calls.flatMap { ["eth_call [\($0),\"latest\"]", "eth_estimateGas [\($0)]", "eth_createAccessList [\($0),\"0x1\"]"] }
        + accounts.flatMap { ["eth_call [{},\"latest\",\($0)]", "eth_estimateGas [{},\"latest\",\($0)]"] }
        + overrides.flatMap { ["eth_call [{},\"latest\",{},\($0)]", "eth_estimateGas [{},\"latest\",{},\($0)]"] }
    private static let simulations =
        (calls.map { "{\"calls\":[\($0),{}]}" } + accounts.map { "{\"stateOverrides\":\($0)}" }
        + overrides.map { "{\"blockOverrides\":\($0)}" }).flatMap { block in
            [
                "eth_simulateV1 [{\"blockStateCalls\":[\(block),{}]},\"latest\"]",
                "eth_simulateV1 [{\"blockStateCalls\":[\(block)],\"validation\":true,\"traceTransfers\":false,\"returnFullTransactions\":true}]",
            ]
        }
    private static let blockReads =
        ["\"latest\"", "\"earliest\"", "\"safe\"", "\"finalized\"", "\"pending\"", "\"0x0\"", "\"0x36\""].flatMap { block in
            [
                "eth_getBlockByNumber [\(block),true]", "eth_getBlockByNumber [\(block),false]",
                "eth_getBlockTransactionCountByNumber [\(block)]", "eth_getBlockReceipts [\(block)]",
                "eth_getTransactionByBlockNumberAndIndex [\(block),\"0x1f\"]", "debug_getRawHeader [\(block)]",
                "debug_getRawBlock [\(block)]", "debug_getRawReceipts [\(block)]", "eth_feeHistory [\"0x1\",\(block),[]]",
            ]
        } + [
            "eth_getBlockByHash [\"\(word)\",true]", "eth_getBlockByHash [\"\(word)\",false]",
            "eth_getBlockTransactionCountByHash [\"\(word)\"]", "eth_getBlockReceipts [\"\(word)\"]",
            "eth_getTransactionByBlockHashAndIndex [\"\(word)\",\"0x0\"]", "eth_getTransactionByHash [\"\(word)\"]",
            "eth_getTransactionReceipt [\"\(word)\"]", "debug_getRawTransaction [\"\(word)\"]",
            "eth_sendRawTransaction [\"0x02f8\"]", "eth_feeHistory [\"0x400\",\"latest\",[0,10.5,99.99,100]]",
        ]
    private static let filters = [
        "{}", "{\"fromBlock\":\"earliest\",\"toBlock\":\"latest\"}", "{\"fromBlock\":\"0x1\"}", "{\"toBlock\":\"finalized\"}",
        "{\"blockHash\":\"\(word)\"}", "{\"blockHash\":\"\(word)\",\"address\":[\"\(address)\",\"\(address)\"]}",
        "{\"topics\":[[\"\(word)\"],[],[\"\(word)\",\"\(word)\"]]}",
    ].map { "eth_getLogs [\($0)]" }

    /// The same said otherwise: one address without brackets, one topic without, null for any.
    private static let otherSpellings = [
        "{\"address\":\"\(address)\"}", "{\"address\":null,\"topics\":null}", "{\"topics\":[null,\"\(word)\",[\"\(word)\"]]}",
        "{\"address\":[],\"topics\":[]}",
    ].map { "eth_getLogs [\($0)]" }

    private static func split(_ text: String) throws -> (method: String, params: [JSON]) {
        let space = try #require(text.firstIndex(of: " "))
        let params = try JSONScanner.parse(Array(text[text.index(after: space)...].utf8))
        return (String(text[..<space]), try #require(params.array))
    }

    @Test(
        "every member and every spelling of a parameter is built identically from types",
        arguments: state + defaults + storage + executions + simulations + blockReads + filters)
    func identical(_ text: String) throws {
        let (method, params) = try Self.split(text)
        let request = try #require(try ReplayedMethod(method, params)).request
        #expect(request.method == method)
        #expect(JSON.array(request.params).sortedText == JSON.array(params).sortedText)
    }

    @Test("filters that say the same in fewer brackets are the same to a recording", arguments: otherSpellings)
    func canonical(_ text: String) throws {
        let (method, params) = try Self.split(text)
        let request = try #require(try ReplayedMethod(method, params)).request
        #expect(CanonicalRequest(request) == CanonicalRequest(method: method, params: params))
    }

    @Test(
        "what a node refuses cannot be said",
        arguments: [
            "eth_getBalance [\"0xa1\",\"latest\"]", "eth_getBalance [\"\(address)\",\"2\"]", "eth_getBalance [\"\(address)\",2]",
            "eth_getBalance [\"\(address)\",\"0x01\"]", "debug_getRawBlock [\"2\"]", "debug_getRawHeader [\"foo\"]",
            "debug_getRawTransaction [\"1000000\"]", "eth_getStorageAt [\"\(address)\",\"0xzz\",\"latest\"]",
            "eth_getStorageAt [\"\(address)\",\"\(word)00\",\"latest\"]", "eth_getStorageAt [\"\(address)\",\"0x\",\"latest\"]",
            "eth_getStorageAt [\"\(address)\",\"0x0g\"]", "eth_call [{\"gasPrice\":\"0x1\",\"maxFeePerGas\":\"0x1\"}]",
            "eth_call [{\"type\":\"0x100\"}]",
            "eth_getLogs [{\"blockHash\":\"\(word)\",\"fromBlock\":\"0x1\"}]", "eth_getBlockByNumber [\"0x1\"]",
            "eth_call [{},\"latest\",{\"\(address)\":{\"state\":{},\"stateDiff\":{}}}]",
        ])
    func unsayable(_ text: String) throws {
        let (method, params) = try Self.split(text)
        #expect { _ = try ReplayedMethod(method, params) } throws: { ParsedParameters.isOutlandish($0) }
    }
}
