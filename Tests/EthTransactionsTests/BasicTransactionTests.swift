import EthCodec
import EthCrypto
import EthPrimitives
import EthTransactions
import TestSupport
import Testing

/// The oldest transaction tests of the Ethereum test suite.
@Suite("Basic transactions", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct BasicTransactionTests {
    struct Case: Decodable {
        let key, to, data, unsigned, signed: String
        let nonce, gasprice, startgas, value: UInt64
    }

    @Test("are encoded, decoded and recovered")
    func cases() throws {
        var tally = VectorTally("ethereum-tests/BasicTests/txtest")
        for test in try SharedVectors.json("ethereum-tests/BasicTests/txtest.json", as: [Case].self) {
            let transaction = LegacyTransaction(
                chainID: nil, nonce: test.nonce, gasPrice: Wei(UInt256(test.gasprice)), gasLimit: test.startgas,
                to: test.to.isEmpty ? nil : try Address(hex: "0x" + test.to), value: Wei(UInt256(test.value)),
                data: try SharedVectors.unhex(test.data))
            // The file's unsigned form has empty v, r, s, as nodes of its time wrote it; what was signed has not.
            let fields = try RLPDecoder.decode(transaction.signingPayload).asList(count: 6)
            let unsigned = RLPEncoder.encode(.list(fields + [.bytes([]), .bytes([]), .bytes([])]))
            let signed = try SharedVectors.unhex(test.signed)
            let envelope = try TransactionEnvelope(decoding: signed)
            var held = Hex.encodeUnprefixed(unsigned) == test.unsigned && envelope.unsigned == .legacy(transaction)
            held = held && transaction.signed(envelope.signature).encoded == signed
            // The nonces of these signatures are not those of RFC 6979, so only the signer can be compared.
            held = try held && envelope.sender() == PrivateKey(hex: test.key).address
            #expect(held)
            tally.count(held)
        }
        tally.report()
        #expect(tally.passed == 2)
    }

    @Test("what belongs to a trie is left out by name")
    func trie() throws {
        struct Case: Decodable { let out: String }
        var tally = VectorTally("ethereum-tests/BasicTests/hexencodetest")
        for _ in try SharedVectors.json("ethereum-tests/BasicTests/hexencodetest.json", as: [String: Case].self) {
            tally.skip("the hex prefix of paths in a Merkle-Patricia trie, which this library does not have yet")
        }
        tally.report()
    }
}
