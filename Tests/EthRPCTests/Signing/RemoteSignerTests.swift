import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import Synchronization
import TestSupport
import Testing

@Suite("Remote signer")
struct RemoteSignerTests {
    private typealias S = ScriptedSigner

    private static func signer(
        _ dialect: SignerDialect = .web3signer, _ answer: @escaping @Sendable (RPCRequest) -> String
    ) -> (RemoteSigner, ScriptedSigner) {
        let transport = ScriptedSigner(answer)
        return (RemoteSigner(address: S.key.address, dialect: dialect, transport: transport), transport)
    }

    private static func result(_ bytes: [UInt8]) -> String { "\"result\":\"\(Hex.encode(bytes))\"" }

    /// The error that an answer leads to.
    private static func refusal(_ answer: String) async throws -> RemoteSignerError {
        let (signer, _) = signer { _ in answer }
        let error = await #expect(throws: RemoteSignerError.self) { try await signer.signed(.feeMarket(S.call)) }
        return try #require(error)
    }

    @Test(
        "each dialect is asked by its own method, and its answer is the transaction with the account's signature",
        arguments: [
            (SignerDialect.web3signer, "eth_signTransaction", false), (.opSigner, "eth_signTransaction", false),
            (.clef, "account_signTransaction", true),
        ])
    func dialects(dialect: SignerDialect, method: String, isObject: Bool) async throws {
        let raw = Hex.encode(try S.signed())
        let (signer, transport) = Self.signer(dialect) { _ in
            isObject ? #""result":{"raw":"\#(raw)","tx":{"nonce":"0xff"}}"# : #""result":"\#(raw)""#
        }
        let envelope = try await signer.signed(.feeMarket(S.call))
        #expect(try envelope.encoded == S.signed())
        let request = try #require(transport.requests.withLock { $0.first })
        #expect(request.method == method && request.params.count == 1)
        let to = try #require(S.call.to).hex
        #expect(
            request.params.first
                == .object([
                    "from": .string(S.key.address.hex), "to": .string(to), "gas": "0x7a120", "value": "0x0", "nonce": "0xc",
                    "data": "0x18178358", "input": "0x18178358", "chainId": "0x1", "maxFeePerGas": "0x6fc23ac00",
                    "maxPriorityFeePerGas": "0x3b9aca00",
                ]))
    }

    @Test("a legacy transaction is asked for by its price, an access list goes along")
    func otherForms() async throws {
        let legacy = LegacyTransaction(chainID: 5, nonce: 0, gasPrice: .gwei(2), gasLimit: 21_000, to: S.key.address)
        let raw = try legacy.signed(by: S.key).encoded
        let (signer, transport) = Self.signer { _ in Self.result(raw) }
        #expect(try await signer.signed(.legacy(legacy)).encoded == raw)
        let object = transport.requests.withLock { $0.first?.params.first }
        #expect(object?["gasPrice"] == "0x77359400" && object?["maxFeePerGas"] == nil && object?["chainId"] == "0x5")
        #expect(object?["data"] == "0x" && object?["nonce"] == "0x0")

        var listed = S.call
        listed.accessList = [.init(address: .zero, storageKeys: [B256()])]
        let signed = try listed.signed(by: S.key).encoded
        let (other, asked) = Self.signer { _ in Self.result(signed) }
        #expect(try await other.signed(.feeMarket(listed)).encoded == signed)
        #expect(asked.requests.withLock { $0.first?.params.first?["accessList"]?.array?.count } == 1)
    }

    @Test("other kinds are not asked for")
    func unsupported() async throws {
        let (signer, transport) = Self.signer { _ in "\"result\":null" }
        let blob = BlobTransaction(
            chainID: 1, nonce: 0, maxPriorityFeePerGas: .zero, maxFeePerGas: .zero, gasLimit: 21_000, to: .zero,
            maxFeePerBlobGas: .zero, blobVersionedHashes: [])
        await #expect(throws: RemoteSignerError.unsupported(.blob)) { try await signer.signed(.blob(blob)) }
        #expect(transport.requests.withLock { $0.isEmpty })
    }

    @Test("an answer with any field changed is refused, and the field is named")
    func altered() async throws {
        let changes: [(String, (inout FeeMarketTransaction) -> Void)] = [
            ("chainId", { $0.chainID = 5 }), ("nonce", { $0.nonce += 1 }), ("maxFeePerGas", { $0.maxFeePerGas += Wei(1) }),
            ("maxPriorityFeePerGas", { $0.maxPriorityFeePerGas += Wei(1) }), ("gas", { $0.gasLimit -= 1 }),
            ("to", { $0.to = .zero }), ("to", { $0.to = nil }), ("value", { $0.value = Wei(1) }), ("data", { $0.data[3] ^= 1 }),
            ("data", { $0.data = [] }), ("accessList", { $0.accessList = [.init(address: .zero)] }),
        ]
        for (field, change) in changes {
            let error = try await Self.refusal(Self.result(S.signed(change)))
            guard case .altered(field, let expected, let got) = error else {
                Issue.record("\(field): \(error)")
                continue
            }
            #expect(expected != got, "\(error)")
        }
        let legacy = LegacyTransaction(
            chainID: 1, nonce: 12, gasPrice: .gwei(30), gasLimit: 500_000, to: S.call.to, data: S.call.data)
        #expect(
            try await Self.refusal(Self.result(legacy.signed(by: S.key).encoded))
                == .altered(field: "type", expected: "2", got: "0"))
    }

    @Test("another account's signature, a mirrored one and one of nobody are refused")
    func signatures() async throws {
        let other = PrivateKey.random()
        #expect(
            try await Self.refusal(Self.result(S.signed(by: other)))
                == .wrongAccount(expected: S.key.address, signedBy: other.address))
        let signature = try S.key.sign(S.call.signingHash)
        let order: UInt256 = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141
        let mirrored = try Signature(r: signature.r, s: order - signature.s, yParity: !signature.yParity)
        #expect(try await Self.refusal(Self.result(S.call.encoded(with: mirrored))) == .highS)
        let nobody = try Signature(r: 5, s: 1, yParity: false)
        let error = try await Self.refusal(Self.result(S.call.encoded(with: nobody)))
        switch error {
        case .unrecoverable, .wrongAccount: break
        default: Issue.record("\(error)")
        }
    }

    @Test("bytes that are no transaction are refused")
    func notATransaction() async throws {
        let raw = try S.signed()
        for bytes in [[], [2], Array(raw.dropLast()), raw + [0], S.call.signingPayload] as [[UInt8]] {
            guard case .notATransaction = try await Self.refusal(Self.result(bytes)) else {
                Issue.record("\(bytes.count) bytes")
                continue
            }
        }
    }

    @Test(
        "a result that is no bytes, and a refusal of the signer, are errors of JSON-RPC",
        arguments: [
            "\"result\":null", "\"result\":true", "\"result\":\"02f8\"", "\"result\":\"0x02f\"", "\"result\":[]", "\"result\":{}",
            "\"result\":{\"raw\":null}", "\"result\":{\"tx\":\"0x\"}", #""error":{"code":-32000,"message":"denied"}"#,
        ])
    func malformed(answer: String) async throws {
        let (signer, _) = Self.signer { _ in answer }
        let error = await #expect(throws: RPCError.self) { try await signer.signed(.feeMarket(S.call)) }
        if answer.contains("error") {
            #expect(error?.code == .node(code: -32000, data: nil))
        } else {
            #expect(error?.code == .malformedResult)
        }
    }

    @Test("a flipped bit anywhere in the answer is refused")
    func flippedBits() async throws {
        let raw = try S.signed()
        let flipped = Mutex(raw)
        let (signer, _) = Self.signer { _ in Self.result(flipped.withLock { $0 }) }
        for bit in 0..<raw.count * 8 {
            flipped.withLock {
                $0 = raw
                $0[bit / 8] ^= 1 << UInt8(bit % 8)
            }
            await #expect(throws: RemoteSignerError.self, "bit \(bit)") {
                try await signer.sign(SigningRequest(.feeMarket(S.call)))
            }
        }
    }

    @Test("mangled answers never pass")
    func mangled() async throws {
        var random = SeededRandom(7)
        let raw = try S.signed()
        let text = #"{"raw":"\#(Hex.encode(raw))","tx":{}}"#
        for _ in 0..<500 {
            let bytes = random.mutation(of: Array(text.utf8))
            guard let json = try? JSONScanner.parse(bytes) else { continue }
            let (signer, _) = Self.signer { _ in "\"result\":\(json.description)" }
            do {
                let signed = try await signer.signed(.feeMarket(S.call))
                #expect(signed.encoded == raw)
            } catch {
                #expect(error is RemoteSignerError || error is RPCError, "\(error)")
            }
        }
    }

    @Test("the probe asks for nothing that needs approval and tells whether the signer has the account")
    func probe() async throws {
        let own = S.key.address
        let cases: [(SignerDialect, String, Bool?)] = [
            (.web3signer, "\"result\":[\"\(own.hex)\"]", true), (.web3signer, "\"result\":[\"\(own)\"]", true),
            (.web3signer, "\"result\":[]", false), (.opSigner, "\"result\":\"1.5.0\"", nil),
            (.opSigner, #""error":{"code":-32601,"message":"no such method"}"#, nil), (.clef, "\"result\":\"6.1.0\"", nil),
        ]
        for (dialect, answer, expected) in cases {
            let (signer, transport) = Self.signer(dialect) { _ in answer }
            #expect(try await signer.knowsAccount() == expected)
            #expect(transport.requests.withLock { $0.first?.method } == dialect.probe)
        }
        let (denied, _) = Self.signer { _ in #""error":{"code":-32000,"message":"denied"}"# }
        await #expect(throws: RPCError.self) { try await denied.knowsAccount() }
    }

    @Test("a remote signer prints its address only")
    func printing() { #expect("\(Self.signer { _ in "" }.0)" == "RemoteSigner(\(S.key.address))") }
}
