import EthCrypto
import EthPrimitives
import TestSupport
import Testing

/// The key tests of the Ethereum test suite.
@Suite("Basic tests", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct BasicTests {
    struct Case: Decodable {
        struct Signed: Decodable { let v, r, s: String }
        let seed, key, addr: String
        let sig_of_emptystring: Signed
    }

    @Test("seeds give keys, and keys addresses")
    func keys() throws {
        var tally = VectorTally("ethereum-tests/BasicTests/keyaddrtest")
        for test in try SharedVectors.json("ethereum-tests/BasicTests/keyaddrtest.json", as: [Case].self) {
            let key = try PrivateKey(hex: test.key)
            let held = Hex.encodeUnprefixed(Keccak256.hash(test.seed).bytes) == test.key && key.address.hex == "0x" + test.addr
            #expect(held, "\(test.seed)")
            tally.count(held)
            // The file does not say what was signed: neither these digests nor others that were tried fit.
            let signed = test.sig_of_emptystring
            let signature = try Signature(
                r: #require(UInt256(signed.r)), s: #require(UInt256(signed.s)), yParity: signed.v == "28")
            let digests = [Keccak256.hash(""), MessageHash.personal([]), B256(SHA256.hash([])) ?? B256(), B256()]
            for digest in digests { #expect((try? signature.recoverAddress(digest)) != key.address) }
            tally.skip("a signature that is of no digest of the empty string, as other clients found too")
        }
        tally.report()
        #expect(tally.passed == 2)
    }

    @Test("what is not the chain's cryptography is left out by name")
    func otherCryptography() throws {
        struct Entry: Decodable { let decryption_type: String }
        var tally = VectorTally("ethereum-tests/BasicTests/crypto")
        for entry in try SharedVectors.json("ethereum-tests/BasicTests/crypto.json", as: [String: Entry].self).values {
            switch entry.decryption_type {
            case "aes_ctr": tally.skip("AES-CTR belongs to key files: EthKeystore tests it")
            case "ecies_sec1_altered": tally.skip("ECIES is the transport between nodes, which this library does not speak")
            default: Issue.record("unknown kind \(entry.decryption_type)")
            }
        }
        tally.report()
    }
}
