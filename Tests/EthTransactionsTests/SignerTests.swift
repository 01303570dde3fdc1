import EthCrypto
import EthPrimitives
import EthTransactions
import Foundation
import Testing

@Suite("Signer")
struct SignerTests {
    /// Answers with another key, or with the mirrored signature.
    struct WrongSigner: Signer {
        let address: Address
        let key: PrivateKey
        let mirrored: Bool

        func sign(_ request: SigningRequest) async throws -> Signature {
            let signature = try key.sign(request.digest)
            guard mirrored else { return signature }
            let order: UInt256 = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141
            return try Signature(r: signature.r, s: order - signature.s, yParity: !signature.yParity)
        }
    }

    static let transaction = UnsignedTransaction.feeMarket(
        FeeMarketTransaction(
            chainID: 1, nonce: 7, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(30), gasLimit: 500_000, to: .zero,
            value: Wei(5),
            data: [0x18, 0x17, 0x83, 0x58]))

    @Test("a local key signs for its own account")
    func local() async throws {
        let key = PrivateKey.random()
        let envelope = try await LocalSigner(key).signed(Self.transaction)
        #expect(try envelope.sender() == key.address)
        #expect(envelope.unsigned == Self.transaction)
        #expect(try TransactionEnvelope(decoding: envelope.encoded) == envelope)
        let json = try JSONEncoder().encode([envelope])
        #expect(try JSONDecoder().decode([TransactionEnvelope].self, from: json) == [envelope])
    }

    @Test("another account's signature is refused before anybody sends it")
    func wrongAccount() async {
        let (mine, other) = (PrivateKey.random(), PrivateKey.random())
        await #expect(throws: SignerError.wrongAccount(expected: mine.address, signedBy: other.address)) {
            try await WrongSigner(address: mine.address, key: other, mirrored: false).signed(Self.transaction)
        }
        await #expect(throws: SignerError.highS) {
            try await WrongSigner(address: mine.address, key: mine, mirrored: true).signed(Self.transaction)
        }
    }

    @Test("a signer prints its address only")
    func printing() throws {
        let key = try PrivateKey(hex: String(repeating: "c0ffee5e", count: 8))
        var dumped = "\(LocalSigner(key)) \(String(reflecting: LocalSigner(key)))"
        dump(LocalSigner(key), to: &dumped)
        #expect(!dumped.lowercased().contains("c0ffee5e") && dumped.contains(key.address.description))
    }

    @Test("the reserve is the limit at the highest price, and the value")
    func reserve() {
        #expect(Self.transaction.reserve == Wei(30_000_000_000 * 500_000 + 5))
        var legacy = LegacyTransaction(chainID: 1, nonce: 0, gasPrice: Wei(3), gasLimit: 21_000, to: .zero, value: Wei(1))
        #expect(UnsignedTransaction.legacy(legacy).reserve == Wei(63_001))
        legacy.value = Wei(.max)
        #expect(UnsignedTransaction.legacy(legacy).reserve == nil)
    }
}
