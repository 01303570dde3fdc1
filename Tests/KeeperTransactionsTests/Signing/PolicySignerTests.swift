import EthCrypto
import EthPrimitives
import EthTransactions
import KeeperTransactions
import Synchronization
import Testing

@Suite("Policy signer")
struct PolicySignerTests {
    /// Counts what it is asked to sign.
    private final class CountingSigner: Signer {
        let key = PrivateKey.random()
        let requests = Mutex<[SigningRequest]>([])
        var address: Address { key.address }

        func sign(_ request: SigningRequest) async throws -> Signature {
            requests.withLock { $0.append(request) }
            return try key.sign(request.digest)
        }
    }

    @Test("what is admitted is signed by the account, and the signer sees the whole request")
    func signed() async throws {
        let inner = CountingSigner()
        let signer = PolicySigner(inner, PolicySamples.policy)
        let call = UnsignedTransaction.feeMarket(PolicySamples.call)
        #expect(try await signer.signed(call).sender() == inner.address)
        var cancel = PolicySamples.cancel
        cancel.to = inner.address
        let request = SigningRequest(.feeMarket(cancel), boundNonces: [9])
        #expect(try await signer.signed(request).sender() == inner.address)
        #expect(inner.requests.withLock { $0 } == [SigningRequest(call), request])
    }

    @Test("what is refused never reaches the signer, by whichever way it is asked")
    func refused() async throws {
        let inner = CountingSigner()
        let signer: any Signer = PolicySigner(inner, PolicySamples.policy)
        var call = PolicySamples.call
        call.value = Wei(1)
        let transaction = UnsignedTransaction.feeMarket(call)
        await #expect(throws: SigningRefusal.value(Wei(1))) { try await signer.signed(transaction) }
        await #expect(throws: SigningRefusal.value(Wei(1))) { try await signer.sign(SigningRequest(transaction)) }
        await #expect(
            throws: SigningRefusal.contract(PolicySamples.account, expected: PolicySamples.policy.contracts.keys.sorted())
        ) {
            try await signer.signed(.feeMarket(PolicySamples.cancel))
        }
        #expect(inner.requests.withLock { $0.isEmpty })
    }

    @Test("neither printing nor mirrors lead to the wrapped signer")
    func mirrors() {
        let inner = LocalSigner(.random())
        let signer = PolicySigner(inner, PolicySamples.policy)
        var dumped = ""
        dump(signer, to: &dumped)
        #expect(!dumped.contains("LocalSigner") && dumped.contains(inner.address.description))
        #expect("\(signer)" == "PolicySigner(\(inner.address))")
        #expect(!Mirror(reflecting: signer).children.contains { $0.value is any Signer })
    }
}
