import EthCodec
import EthCrypto
import EthPrimitives
import EthTransactions
import Testing

@Suite("Decoding errors")
struct DecodingErrorTests {
    static let order: UInt256 = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141

    static func legacy(
        nonce: RLPItem = .number(1), to: RLPItem = .bytes([]), v: RLPItem = .number(27), r: UInt256 = 1, s: UInt256 = 1
    )
        -> [UInt8]
    {
        RLPEncoder.encode(
            .list([nonce, .number(1), .number(21_000), to, .number(0), .bytes([]), v, .number(r), .number(s)]))
    }

    static func feeMarket(parity: RLPItem = .number(0), accessList: RLPItem = .list([]), s: UInt256 = 1) -> [UInt8] {
        [2]
            + RLPEncoder.encode(
                .list([
                    .number(1), .number(0), .number(1), .number(2), .number(21_000), .bytes([]), .number(0), .bytes([]),
                    accessList,
                    parity, .number(1), .number(s),
                ]))
    }

    @Test(
        "name what is wrong",
        arguments: [
            ([], TransactionDecodingError.empty), ([0], .unknownType(0)), ([0, 0xc0], .unknownType(0)),
            ([1], .rlp(.missingValue(position: 1))), ([1, 0x80], .rlp(.expectedList)),
            ([1, 0xc0], .rlp(.wrongCount(expected: 11, actual: 0))), ([3, 0xc0], .rlp(.wrongCount(expected: 14, actual: 0))),
            ([4, 0xc0], .rlp(.wrongCount(expected: 13, actual: 0))), ([5, 0xc0], .unknownType(5)),
            ([0x7f], .unknownType(0x7f)), ([0x80], .rlp(.expectedList)), ([0xc0], .rlp(.wrongCount(expected: 9, actual: 0))),
            ([2, 0xc0], .rlp(.wrongCount(expected: 12, actual: 0))),
            (legacy(nonce: .bytes([0])), .rlp(.leadingZero)),
            (legacy(nonce: .number(UInt256(1) << 64)), .rlp(.integerTooLarge(bits: 64))),
            (legacy(to: .bytes([1])), .rlp(.wrongLength(expected: 20, actual: 1))),
            (legacy(v: .number(26)), .wrongV(26)), (legacy(v: .number(29)), .wrongV(29)),
            (legacy(v: .number(34)), .wrongV(34)),
            (legacy(v: .number(0)), .wrongV(0)), (legacy(v: .number(UInt256(1) << 66)), .wrongV(UInt256(1) << 66)),
            (legacy(r: 0), .signature(.signatureOutOfRange)), (legacy(s: 0), .signature(.signatureOutOfRange)),
            (legacy(r: order), .signature(.signatureOutOfRange)), (legacy(s: order), .signature(.signatureOutOfRange)),
            (legacy(v: .number((UInt256(1) << 65) + 35)), .wrongV((UInt256(1) << 65) + 35)),
            (feeMarket(parity: .number(2)), .wrongYParity(2)), (feeMarket(parity: .bytes([0])), .rlp(.leadingZero)),
            (feeMarket(accessList: .bytes([])), .rlp(.expectedList)),
            (feeMarket(accessList: .list([.list([.bytes([])])])), .rlp(.wrongCount(expected: 2, actual: 1))),
            (
                feeMarket(accessList: .list([.list([.bytes([UInt8](repeating: 1, count: 20)), .list([.bytes([1])])])])),
                .rlp(.wrongLength(expected: 32, actual: 1))
            ),
        ] as [([UInt8], TransactionDecodingError)])
    func errors(bytes: [UInt8], error: TransactionDecodingError) {
        #expect(throws: error) { try TransactionEnvelope(decoding: bytes) }
    }

    @Test("the same shapes without the fault are taken")
    func sound() throws {
        #expect(try TransactionEnvelope(decoding: Self.legacy()).encoded == Self.legacy())
        #expect(try TransactionEnvelope(decoding: Self.legacy(s: Self.order >> 1)).signature.isLowS)
        #expect(
            try TransactionEnvelope(decoding: Self.legacy(nonce: .number(UInt256(UInt64.max)))).unsigned.transaction.nonce == .max
        )
        #expect(
            try TransactionEnvelope(decoding: Self.legacy(v: .number((UInt256(1) << 65) + 34))).unsigned.chainID?.rawValue == .max
        )
        #expect(try TransactionEnvelope(decoding: Self.legacy(v: .number(38))).unsigned.chainID == 1)
        #expect(try TransactionEnvelope(decoding: Self.feeMarket()).encoded == Self.feeMarket())
    }
}

extension RLPItem {
    /// `integer`, of which a literal cannot tell the widths apart.
    fileprivate static func number(_ value: UInt256) -> RLPItem { .integer(value) }
}
