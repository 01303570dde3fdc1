import EthCodec
import EthCrypto
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import TestSupport
import Testing

@testable import EthChain

/// Refusals in the words of geth.
@Suite("Words of a local chain") struct LocalChainWordsTests {
    /// Method, parameters, code and message, as a geth 1.16.7 was recorded with them.
    private static let refusals: [(method: String, params: String, code: Int, message: String)] = [
        (
            "eth_getBalance", #"[]"#, -32_602,
            "missing value for required argument 0"
        ),
        (
            "eth_chainId", #"[1]"#, -32_602,
            "too many arguments, want at most 0"
        ),
        (
            "eth_getBalance", #"["0x12", "latest"]"#, -32_602,
            "invalid argument 0: hex string has length 2, want 40 for common.Address"
        ),
        (
            "eth_getBalance", #"["hello", "latest"]"#, -32_602,
            "invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Address"
        ),
        (
            "eth_call", #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "data": "zz"}, "latest"]"#, -32_602,
            "invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go struct field TransactionArgs.data of type hexutil.Bytes"
        ),
        (
            "eth_call", #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "data": "0x123"}, "latest"]"#, -32_602,
            "invalid argument 0: json: cannot unmarshal hex string of odd length into Go struct field TransactionArgs.data of type hexutil.Bytes"
        ),
        (
            "eth_call", #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "gas": "0x01"}, "latest"]"#, -32_602,
            "invalid argument 0: json: cannot unmarshal hex number with leading zero digits into Go struct field TransactionArgs.gas of type hexutil.Uint64"
        ),
        (
            "eth_call", #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "gas": 100000}, "latest"]"#, -32_602,
            "invalid argument 0: json: cannot unmarshal non-string into Go struct field TransactionArgs.gas of type hexutil.Uint64"
        ),
        (
            "eth_call", #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54"}, "latest", {}, {"time": 1763226007}]"#, -32_602,
            "invalid argument 3: json: cannot unmarshal non-string into Go struct field BlockOverrides.Time of type hexutil.Uint64"
        ),
        (
            "eth_call",
            #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54"}, "latest", {"0xE782Fc9122cc28e43e3184230179770e6c7E2E54": {"state": {}, "stateDiff": {}}}]"#,
            -32_000,
            "account 0xE782Fc9122cc28e43e3184230179770e6c7E2E54 has both 'state' and 'stateDiff'"
        ),
        (
            "eth_call", #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "chainId": "0x1"}, "latest"]"#, -32_000,
            "chainId does not match node's (have=1, want=1337)"
        ),
        (
            "eth_call",
            #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "gasPrice": "0x1", "maxFeePerGas": "0x1"}, "latest"]"#,
            -32_000,
            "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified"
        ),
        (
            "eth_call", #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54"}, "next"]"#, -32_602,
            "invalid argument 1: hex string without 0x prefix"
        ),
        (
            "eth_call", #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54"}, "0x4c0"]"#, -32_000,
            "header not found"
        ),
        (
            "eth_call", #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "data": "0x5f", "gas": "0x5208"}, "latest"]"#,
            -32_000,
            "err: intrinsic gas too low: have 21000, want 21016 (supplied gas 21000)"
        ),
        (
            "eth_call",
            #"[{"from": "0x1c82896B341DEDc14fFf11866e3f021E3309F3df", "to": "0x37607570dB301Bc15773A27Cc215d6906C1CFc52", "value": "0x1"}, "latest"]"#,
            -32_000,
            "err: insufficient funds for gas * price + value: address 0x1c82896B341DEDc14fFf11866e3f021E3309F3df have 0 want 1 (supplied gas 50000000)"
        ),
        (
            "eth_call",
            #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "maxFeePerGas": "0x1", "maxPriorityFeePerGas": "0x1", "gas": "0x1000000"}, "latest"]"#,
            -32_000,
            "err: max fee per gas less than block base fee: address 0x0000000000000000000000000000000000000000, maxFeePerGas: 1, baseFee: 1000000000 (supplied gas 16777216)"
        ),
        (
            "eth_call",
            #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "maxFeePerGas": "0x1", "maxPriorityFeePerGas": "0x2", "gas": "0x1000000"}, "latest"]"#,
            -32_000,
            "err: max priority fee per gas higher than max fee per gas: address 0x0000000000000000000000000000000000000000, maxPriorityFeePerGas: 2, maxFeePerGas: 1 (supplied gas 16777216)"
        ),
        (
            "eth_getStorageAt", #"["0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "0xzz", "latest"]"#, -32_000,
            "unable to decode storage key: hex string invalid"
        ),
        (
            "eth_getStorageAt",
            #"["0xE782Fc9122cc28e43e3184230179770e6c7E2E54", "0x111111111111111111111111111111111111111111111111111111111111111111", "latest"]"#,
            -32_000,
            "unable to decode storage key: hex string too long, want at most 32 bytes"
        ),
        (
            "eth_getTransactionReceipt", #"["0x1234"]"#, -32_602,
            "invalid argument 0: hex string has length 4, want 64 for common.Hash"
        ),
        (
            "eth_getBlockByNumber", #"["latest"]"#, -32_602,
            "missing value for required argument 1"
        ),
        (
            "eth_getBlockByNumber", #"["12", false]"#, -32_602,
            "invalid argument 0: hex string without 0x prefix"
        ),
        (
            "eth_getBlockByNumber", #"[12, false]"#, -32_602,
            "invalid argument 0: hex string without 0x prefix"
        ),
        (
            "eth_getBlockByNumber", #"["0x0012", false]"#, -32_602,
            "invalid argument 0: hex number with leading zero digits"
        ),
        (
            "eth_getLogs", #"[{"fromBlock": "0x20", "toBlock": "0x10"}]"#, -32_000,
            "invalid block range params"
        ),
        (
            "eth_getLogs", #"[{"blockHash": "0x3434343434343434343434343434343434343434343434343434343434343434"}]"#, -32_000,
            "unknown block"
        ),
        (
            "eth_getLogs",
            #"[{"blockHash": "0x3434343434343434343434343434343434343434343434343434343434343434", "fromBlock": "0x1"}]"#,
            -32_602,
            "invalid argument 0: cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other"
        ),
        (
            "eth_getLogs", #"[{"topics": [null, null, null, null, null]}]"#, -32_602,
            "invalid argument 0: exceed max topics"
        ),
        (
            "eth_getLogs", #"[{"fromBlock": "pending"}]"#, -32_000,
            "pending logs are not supported"
        ),
        (
            "eth_getBalance",
            #"["0xE782Fc9122cc28e43e3184230179770e6c7E2E54", {"blockHash": "0x3434343434343434343434343434343434343434343434343434343434343434"}]"#,
            -32_000,
            "header for hash not found"
        ),
        (
            "eth_getBalance",
            #"["0xE782Fc9122cc28e43e3184230179770e6c7E2E54", {"blockHash": "0x3434343434343434343434343434343434343434343434343434343434343434", "blockNumber": "0x1"}]"#,
            -32_602,
            "invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other"
        ),
        (
            "eth_feeHistory", #"["0x2", "latest", [101]]"#, -32_000,
            "invalid reward percentile: 101.000000"
        ),
        (
            "eth_feeHistory", #"["0x2", "latest", [50, 10]]"#, -32_000,
            "invalid reward percentile: #0:50.000000 >= #1:10.000000"
        ),
        (
            "eth_feeHistory", #"["0x2", "0x10a", [50]]"#, -32_000,
            "request beyond head block: requested 266, head 0"
        ),
        (
            "eth_createAccessList", #"[{"to": "0xE782Fc9122cc28e43e3184230179770e6c7E2E54"}, "latest", {}, {}]"#, -32_602,
            "too many arguments, want at most 3"
        ),
        (
            "eth_simulateV1", #"[{"blockStateCalls": []}, "latest"]"#, -32_602,
            "empty input"
        ),
        (
            "eth_simulateV1", #"[{"blockStateCalls": [{"blockOverrides": {"number": "0x204"}}]}, "latest"]"#, -38_026,
            "too many blocks"
        ),
        (
            "eth_simulateV1", #"[{"blockStateCalls": [{"blockOverrides": {"number": "0x0"}}]}, "latest"]"#, -38_020,
            "block numbers must be in order: 0 <= 0"
        ),
        (
            "eth_simulateV1", #"[{"blockStateCalls": [{"blockOverrides": {"time": "0x1"}}]}, "latest"]"#, -38_021,
            "block timestamps must be in order: 1 <= 1763204395"
        ),
        (
            "eth_sendRawTransaction", #"["0x123"]"#, -32_602,
            "invalid argument 0: json: cannot unmarshal hex string of odd length into Go value of type hexutil.Bytes"
        ),
        (
            "eth_noSuchMethod", #"[]"#, -32_601,
            "the method eth_noSuchMethod does not exist/is not available"
        ),
    ]

    @Test("Parameters are refused as geth refuses them", arguments: refusals.indices)
    func parameters(index: Int) throws {
        let (method, params, code, message) = Self.refusals[index]
        let values = try #require(JSONScanner.parse(Array(params.utf8)).array)
        let refusal = try LocalWorld(fork: .osaka).refusal(method, values)
        #expect(refusal?.code == code && refusal?.message == message)
    }

    @Test("Reverts carry their reason and data, panics their names, other failures the machine's words")
    func executions() throws {
        let world = try LocalWorld()
        let cases: [(code: String, expected: Int, message: String)] = [
            ("5f5ffd", 3, "execution reverted"), ("fe", -32_000, "invalid opcode: INVALID"), ("01", -32_000, "stack underflow"),
            ("600156", -32_000, "invalid jump destination"), ("5b5f56", -32_000, "out of gas"),
            ("60016000600037fd", -32_000, "stack underflow"),
            // Panic(0x11): selector, code and revert of 36 bytes.
            (
                "7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd", 3,
                "execution reverted: arithmetic underflow or overflow"
            ),
        ]
        for (code, expected, message) in cases {
            let to = "0x00000000000000000000000000000000000000aa"
            let refusal = try world.refusal(
                "eth_call",
                [
                    .object(["to": .string(to), "gas": "0x30d40"]), "latest",
                    .object([.init(to, .object(["code": .string("0x" + code)]))]),
                ])
            #expect(refusal?.code == expected && refusal?.message == message, "\(code)")
        }
    }

    /// What a geth took and refused, in its order, with the same transactions.
    @Test(
        "A pool takes and refuses a recorded geth's transactions with its hashes and words",
        .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func recorded() throws {
        let chain = try Self.recordedChain()
        var (count, elided) = (0, 0)
        for line in try SharedVectors.lines("geth/geth-wire.jsonl.gz") {
            let json = try JSONScanner.parse(line)
            guard json["request"]?["method"] == "eth_sendRawTransaction", let note = json["note"]?.string,
                let params = json["request"]?["params"]?.array
            else { continue }
            if params.description.contains("elided") {
                elided += 1
                continue
            }
            // The accepted replacement was mined here.
            if note.hasSuffix(": nonce too low") { try chain.mine() }
            let response = try JSONScanner.parse(
                chain.answer([RPCRequest(id: 1, method: "eth_sendRawTransaction", params: params)])[0].raw)
            let expected = try #require(json["response"])
            #expect(
                response["result"] == expected["result"] && response["error"] == expected["error"],
                "\(note): \(response) instead of \(expected)")
            count += 1
        }
        print("vectors geth-wire sendRawTransaction: \(count) answers, \(elided) left out (their bytes are not recorded)")
        #expect(count > 35)
    }

    private static func recordedChain() throws -> LocalChain {
        var configuration = LocalChainConfiguration(fork: .osaka, baseFeePerGas: Wei(369_925_029))
        let accounts: [(String, Wei)] = [
            ("0x37607570dB301Bc15773A27Cc215d6906C1CFc52", .ether(1_000)),
            ("0x1c82896B341DEDc14fFf11866e3f021E3309F3df", Wei(1_000_000_000_000_000)),
        ]
        for (address, balance) in accounts { configuration.genesis.accounts[try Address(hex: address)] = .init(balance: balance) }
        for prefix in ["733f9602", "cb297760"] {
            for address in try recordedSenders() where address.hex.hasPrefix("0x" + prefix) {
                configuration.genesis.accounts[address] = .init(balance: .ether(1_000))
            }
        }
        return try LocalChain(configuration)
    }

    /// Who signed the recorded transactions, as far as they are any.
    private static func recordedSenders() throws -> Set<Address> {
        var senders: Set<Address> = []
        for line in try SharedVectors.lines("geth/geth-wire.jsonl.gz") {
            let json = try JSONScanner.parse(line)
            guard json["request"]?["method"] == "eth_sendRawTransaction",
                let text = json["request"]?["params"]?.array?.first?.string
            else { continue }
            // Many of them are broken on purpose.
            if let bytes = try? Hex.decode(text), let envelope = try? TransactionEnvelope(decoding: bytes),
                let sender = try? envelope.sender()
            {
                senders.insert(sender)
            }
        }
        return senders
    }
}
