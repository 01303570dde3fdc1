import EthCodec
import EthCrypto
import EthPrimitives
import EthTransactions
import Testing

@Suite("Authorization")
struct AuthorizationTests {
    static let order: UInt256 = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141
    static let authorization = Authorization(chainID: 1, address: Samples.to, nonce: 300)

    @Test("is hashed as the byte 5 and the list of chain id, address, nonce")
    func hash() {
        let list = RLPItem.list([.integer(1 as UInt64), .bytes(Samples.to.bytes), .integer(300 as UInt64)])
        #expect(Self.authorization.signingHash == Keccak256.hash([5] + RLPEncoder.encode(list)))
        var others = [Self.authorization, Self.authorization, Self.authorization]
        others[0].chainID = 0
        others[1].address = .zero
        others[2].nonce = 301
        #expect(Set((others + [Self.authorization]).map { $0.signingHash }).count == 4)
    }

    @Test("signed by a key recovers to its account")
    func signed() throws {
        let signed = try Self.authorization.signed(by: Samples.key)
        #expect(try signed.authority() == Samples.key.address)
        var transaction = Samples.setCode
        transaction.authorizationList = [signed]
        let decoded = try TransactionEnvelope(decoding: transaction.signed(by: Samples.key).encoded)
        guard case .setCode(let setCode) = decoded else { return #expect(Bool(false), "another kind") }
        #expect(setCode.transaction.authorizationList == [signed])
    }

    @Test("with numbers that are no signature has no authority, and still encodes")
    func noSignature() throws {
        let good = try Self.authorization.signed(by: Samples.key)
        var (parity, zero, large, high) = (good, good, good, good)
        parity.yParity = 2
        zero.r = 0
        large.s = .max
        high.s = Self.order - good.s
        for (tuple, error) in [
            (parity, CryptoError.malformedSignature), (zero, .signatureOutOfRange), (large, .signatureOutOfRange),
            (high, .signatureOutOfRange),
        ] {
            #expect(throws: error) { try tuple.authority() }
            var transaction = Samples.setCode
            transaction.authorizationList = [tuple]
            let envelope = try UnsignedTransaction.setCode(transaction).signed(by: Samples.key)
            #expect(try TransactionEnvelope(decoding: envelope.encoded).unsigned == .setCode(transaction))
        }
    }

    @Test(
        "keeps the bounds of its fields",
        arguments: [
            (0, [UInt8](repeating: 1, count: 33), TransactionDecodingError.rlp(.integerTooLarge(bits: 256))),
            (0, [0], .rlp(.leadingZero)), (1, [1, 2], .rlp(.wrongLength(expected: 20, actual: 2))),
            (2, [UInt8](repeating: 1, count: 9), .rlp(.integerTooLarge(bits: 64))), (3, [1, 0], .rlp(.integerTooLarge(bits: 8))),
            (4, [UInt8](repeating: 1, count: 33), .rlp(.integerTooLarge(bits: 256))), (5, [0], .rlp(.leadingZero)),
        ] as [(Int, [UInt8], TransactionDecodingError)])
    func bounds(field: Int, bytes: [UInt8], error: TransactionDecodingError) throws {
        let encoded = try Samples.setCode.signed(by: Samples.key).encoded
        var fields = try RLPDecoder.decode(Array(encoded.dropFirst())).asList()
        var tuples = try fields[9].asList()
        var tuple = try tuples[1].asList()
        tuple[field] = .bytes(bytes)
        tuples[1] = .list(tuple)
        fields[9] = .list(tuples)
        #expect(throws: error) { try TransactionEnvelope(decoding: [4] + RLPEncoder.encode(.list(fields))) }
        // The same field at its bound is taken.
        tuple[field] =
            [
                .bytes([UInt8](repeating: 255, count: 32)), .bytes(Samples.to.bytes), .bytes([UInt8](repeating: 255, count: 8)),
                .bytes([255]), .bytes([UInt8](repeating: 255, count: 32)), .bytes([]),
            ][field]
        tuples[1] = .list(tuple)
        fields[9] = .list(tuples)
        #expect(throws: Never.self) { try TransactionEnvelope(decoding: [4] + RLPEncoder.encode(.list(fields))) }
    }
}
