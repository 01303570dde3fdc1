import EthPrimitives
import EthTransactions
import KeeperTransactions
import Testing

@Suite("Signing policy")
struct SigningPolicyTests {
    private typealias S = PolicySamples

    @Test("a configured call and a cancel of a bound nonce are admitted")
    func admitted() {
        #expect(S.refusal { _ in } == nil)
        #expect(S.cancelRefusal { _ in } == nil)
    }

    @Test("a call is admitted at any nonce, to every configured contract, with each of its selectors, and up to each cap")
    func limits() {
        for nonce in [0, 8, .max] as [Nonce] { #expect(S.refusal { $0.nonce = nonce } == nil) }
        for selector in [S.poke, S.aggregate] {
            #expect(S.refusal { ($0.to, $0.data) = (S.other, selector.bytes) } == nil)
        }
        #expect(S.refusal { $0.maxFeePerGas = .gwei(60) } == nil)
        #expect(S.refusal { $0.maxPriorityFeePerGas = $0.maxFeePerGas } == nil)
        #expect(S.refusal { $0.gasLimit = 1_500_000 } == nil, "30 gwei x 1,500,000 is 0.045 ether")
        // 50,000,000,000,000,000 / 1,250,000 = 40 gwei exactly.
        #expect(S.refusal { ($0.gasLimit, $0.maxFeePerGas) = (1_250_000, .gwei(40)) } == nil)
    }

    @Test("another type is refused, even with the same fields")
    func types() {
        let (call, to) = (S.call, S.contract)
        let others: [UnsignedTransaction] = [
            .legacy(
                LegacyTransaction(
                    chainID: 1, nonce: call.nonce, gasPrice: call.maxFeePerGas, gasLimit: call.gasLimit, to: to, data: call.data)),
            .accessList(
                AccessListTransaction(
                    chainID: 1, nonce: call.nonce, gasPrice: call.maxFeePerGas, gasLimit: call.gasLimit, to: to, data: call.data,
                    accessList: [])),
            .blob(
                BlobTransaction(
                    chainID: 1, nonce: call.nonce, maxPriorityFeePerGas: call.maxPriorityFeePerGas,
                    maxFeePerGas: call.maxFeePerGas, gasLimit: call.gasLimit, to: to, data: call.data, maxFeePerBlobGas: Wei(1),
                    blobVersionedHashes: [B256()])),
            .setCode(
                SetCodeTransaction(
                    chainID: 1, nonce: call.nonce, maxPriorityFeePerGas: call.maxPriorityFeePerGas,
                    maxFeePerGas: call.maxFeePerGas, gasLimit: call.gasLimit, to: to, data: call.data, authorizationList: [])),
        ]
        for other in others { #expect(S.refusal(other) == .type(other.type, expected: .feeMarket)) }
    }

    @Test("a call may announce up to 64 addresses and 512 slots; beyond either, and in a cancel, a list is refused")
    func accessList() {
        func list(_ addresses: Int, _ slots: Int) -> AccessList {
            AccessList(
                (0..<addresses).map {
                    .init(address: S.contract, storageKeys: $0 == 0 ? Array(repeating: B256(), count: slots) : [])
                })
        }
        for (addresses, slots) in [(1, 0), (10, 59), (64, 512)] {
            #expect(S.refusal { $0.accessList = list(addresses, slots) } == nil)
        }
        for (addresses, slots) in [(65, 0), (1, 513), (65, 513), (1_000, 100_000)] {
            #expect(S.refusal { $0.accessList = list(addresses, slots) } == .accessList(addresses: addresses, slots: slots))
        }
        #expect(S.cancelRefusal { $0.accessList = list(1, 0) } == .cancelAccessList(addresses: 1))
        // Of another contract, too: a list moves nothing.
        #expect(S.refusal { $0.accessList = [.init(address: S.stranger)] } == nil)
    }

    @Test("another chain is refused, and so is none at all")
    func chain() {
        for chain in [0, 2, 1337, .max] as [UInt64] {
            #expect(S.refusal { $0.chainID = ChainID(chain) } == .chain(ChainID(chain), expected: 1))
        }
        #expect(S.cancelRefusal { $0.chainID = 5 } == .chain(5, expected: 1))
        var policy = S.policy
        policy.isLegacy = true
        let unbound = LegacyTransaction(
            chainID: nil, nonce: 0, gasPrice: .gwei(1), gasLimit: 21_000, to: S.contract, data: S.poke.bytes)
        #expect(S.refusal(.legacy(unbound), by: policy) == .chain(nil, expected: 1))
    }

    @Test("a deployment is refused")
    func deployment() { #expect(S.refusal { $0.to = nil } == .deployment) }

    @Test("any value is refused")
    func value() {
        #expect(S.refusal { $0.value = Wei(1) } == .value(Wei(1)))
        #expect(S.refusal { $0.value = Wei(.max) } == .value(Wei(.max)))
        #expect(S.cancelRefusal { $0.value = Wei(1) } == .value(Wei(1)))
    }

    @Test("another contract is refused")
    func contract() {
        for to in [S.stranger, .zero] {
            #expect(S.refusal { $0.to = to } == .contract(to, expected: [S.contract, S.other].sorted()))
        }
    }

    @Test("another selector, half a selector, no data, and a selector of another contract are refused")
    func selector() {
        let (own, both) = ([S.poke], [S.poke, S.aggregate].sorted())
        for data in [[], [0x18], [0x18, 0x17, 0x83], [0x18, 0x17, 0x83, 0x59], [0, 0x18, 0x17, 0x83, 0x58]] as [[UInt8]] {
            let start = Bytes(Array(data.prefix(4)))
            #expect(S.refusal { $0.data = data } == .selector(start, of: S.contract, expected: own))
            #expect(S.refusal { ($0.to, $0.data) = (S.other, data) } == .selector(start, of: S.other, expected: both))
        }
        #expect(
            S.refusal { $0.data = S.aggregate.bytes } == .selector(Bytes(S.aggregate.bytes), of: S.contract, expected: own))
    }

    @Test("each cap is refused one above it")
    func caps() {
        let above = Wei.gwei(60) + Wei(1)
        #expect(S.refusal { $0.maxFeePerGas = above } == .maxFeePerGas(above, cap: .gwei(60)))
        #expect(S.cancelRefusal { $0.maxFeePerGas = above } == .maxFeePerGas(above, cap: .gwei(60)))
        let tip = S.call.maxFeePerGas + Wei(1)
        #expect(S.refusal { $0.maxPriorityFeePerGas = tip } == .maxPriorityFeePerGas(tip, maxFeePerGas: S.call.maxFeePerGas))
        #expect(S.refusal { $0.gasLimit = 1_500_001 } == .gasLimit(1_500_001, cap: 1_500_000))
        let spend = Wei.gwei(40) * 1_250_001
        #expect(
            S.refusal { ($0.gasLimit, $0.maxFeePerGas) = (1_250_001, .gwei(40)) }
                == .spend(spend, cap: S.policy.maxSpendPerTransaction))
        var policy = S.policy
        (policy.maxFeePerGas, policy.maxGasLimit) = (Wei(.max), .max)
        var huge = S.call
        (huge.maxFeePerGas, huge.gasLimit) = (Wei(.max), .max)
        #expect(S.refusal(.feeMarket(huge), by: policy) == .spend(nil, cap: policy.maxSpendPerTransaction))
    }

    @Test("a cancel is signed for a bound nonce and for those below, and for no other")
    func cancelNonces() {
        for nonce in 0...9 as ClosedRange<Nonce> { #expect(S.cancelRefusal { $0.nonce = nonce } == nil) }
        for nonce in [10, 11, .max] as [Nonce] {
            #expect(S.cancelRefusal { $0.nonce = nonce } == .cancelNonce(nonce, highestBound: 9))
        }
        #expect(S.refusal(.feeMarket(S.cancel), bound: []) == .cancelNonce(9, highestBound: nil))
    }

    @Test("what is not quite a cancel is refused")
    func cancelForm() {
        #expect(S.cancelRefusal { $0.data = [0] } == .cancelData(bytes: 1))
        #expect(S.cancelRefusal { $0.data = S.poke.bytes } == .cancelData(bytes: 4))
        for gas in [0, 20_999, 21_001, 1_500_000] as [Gas] {
            #expect(S.cancelRefusal { $0.gasLimit = gas } == .cancelGasLimit(gas))
        }
        #expect(S.cancelRefusal { $0.to = S.stranger } == .contract(S.stranger, expected: [S.contract, S.other].sorted()))
        #expect(S.cancelRefusal { $0.to = S.contract } == .selector(Bytes([]), of: S.contract, expected: [S.poke]))
        #expect(S.cancelRefusal { $0.to = nil } == .deployment)
    }

    @Test("the own address is no contract, even if it is configured as one")
    func ownAddress() {
        var policy = S.policy
        policy.contracts[S.account] = [S.poke]
        var call = S.call
        call.to = S.account
        #expect(S.refusal(.feeMarket(call), by: policy) == .cancelData(bytes: 7))
    }

    @Test("a policy without contracts admits cancels only")
    func noContracts() {
        var policy = S.policy
        policy.contracts = [:]
        #expect(S.refusal(.feeMarket(S.cancel), by: policy) == nil)
        #expect(S.refusal(.feeMarket(S.call), by: policy) == .contract(S.contract, expected: []))
    }

    @Test("on a chain without a base fee the original form is signed, and type 2 is not")
    func legacy() {
        var policy = S.policy
        policy.isLegacy = true
        var call = LegacyTransaction(
            chainID: 1, nonce: 3, gasPrice: .gwei(60), gasLimit: 100_000, to: S.contract, data: S.poke.bytes)
        #expect(S.refusal(.legacy(call), by: policy) == nil)
        #expect(S.refusal(.feeMarket(S.call), by: policy) == .type(.feeMarket, expected: .legacy))
        call.gasPrice += Wei(1)
        #expect(S.refusal(.legacy(call), by: policy) == .maxFeePerGas(call.gasPrice, cap: .gwei(60)))
        let cancel = LegacyTransaction(chainID: 1, nonce: 3, gasPrice: .gwei(60), gasLimit: 21_000, to: S.account)
        #expect(S.refusal(.legacy(cancel), by: policy) == nil)
        #expect(S.refusal(.legacy(cancel)) == .type(.legacy, expected: .feeMarket))
    }

    private static let wordings: [(SigningRefusal, String)] = [
        (SigningRefusal.type(.blob, expected: .feeMarket), "type: expected 2, got 3"),
        (
            .accessList(addresses: 65, slots: 1),
            "accessList: expected at most 64 addresses with 512 slots, got 65 addresses with 1 slot"
        ),
        (.cancelAccessList(addresses: 1), "accessList: expected no addresses in a transaction to oneself, got 1 address"),
        (.chain(nil, expected: 1), "chainId: expected 1, got none"),
        (.deployment, "to: expected a recipient: a keeper deploys nothing, got none"),
        (.value(.ether(1)), "value: expected 0 wei, got 1 ether"),
        (.contract(.zero, expected: []), "to: expected a configured contract, and none is, got \(Address.zero)"),
        (
            .selector(Bytes([1, 2]), of: .zero, expected: [PolicySamples.poke]),
            "data: expected 0x18178358, got 0x0102 to \(Address.zero)"
        ),
        (.cancelData(bytes: 2), "data: expected no data in a transaction to oneself, got 2 bytes"),
        (.cancelGasLimit(22_000), "gas: expected 21000 in a transaction to oneself, got 22000"),
        (.cancelNonce(8, highestBound: 7), "nonce: expected at most 7, the highest bound nonce, got 8"),
        (.cancelNonce(8, highestBound: nil), "nonce: expected a bound nonce, and none is, got 8"),
        (.maxFeePerGas(.gwei(61), cap: .gwei(60)), "maxFeePerGas: expected at most 60 gwei, got 61 gwei"),
        (
            .maxPriorityFeePerGas(.gwei(2), maxFeePerGas: .gwei(1)),
            "maxPriorityFeePerGas: expected at most maxFeePerGas, 1 gwei, got 2 gwei"
        ),
        (.gasLimit(2, cap: 1), "gas: expected at most 1, got 2"),
        (.spend(nil, cap: .ether(1)), "spend: expected at most 1 ether, got more than 256 bits"),
    ]

    @Test("a refusal names the field, its value and what was expected", arguments: wordings)
    func wording(refusal: SigningRefusal, text: String) { #expect("\(refusal)" == "not signed: " + text) }
}
