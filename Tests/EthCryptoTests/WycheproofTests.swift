import EthCrypto
import EthPrimitives
import TestSupport
import Testing

/// ECDSA edge cases of the project Wycheproof.
@Suite("Wycheproof", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct WycheproofTests {
    struct File: Decodable {
        let numberOfTests: Int
        let testGroups: [Group]
    }
    struct Group: Decodable {
        struct Key: Decodable { let uncompressed: String }
        let publicKey: Key
        let tests: [Case]
    }
    struct Case: Decodable {
        let tcId: Int
        let comment: String
        let msg: String
        let sig: String
        let result: String
    }

    enum Form: String {
        case der, raw
    }

    /// One file, and how it differs from the others.
    struct Source: Sendable, CustomTestStringConvertible {
        let file: String
        var form = Form.der
        var hash: @Sendable ([UInt8]) -> [UInt8] = { SHA256.hash($0) }
        var allowingHighS = true
        /// Valid signatures whose r was reduced modulo n: their recovery id is 2 or 3, which Ethereum does not have.
        var reduced: Int

        var testDescription: String { file }
    }

    @Test(
        "judges every signature as the file does, and recovers the key from each valid one",
        arguments: [
            Source(file: "ecdsa_secp256k1_sha256_bitcoin_test.json", allowingHighS: false, reduced: 1),
            Source(file: "ecdsa_secp256k1_sha256_test.json", reduced: 1),
            Source(file: "ecdsa_secp256k1_sha256_p1363_test.json", form: .raw, reduced: 0),
            Source(file: "ecdsa_secp256k1_sha3_256_test.json", hash: { SHA3.hash($0) }, reduced: 1),
        ])
    func verify(source: Source) throws {
        let file = try SharedVectors.json("wycheproof/\(source.file)", as: File.self)
        var valid = VectorTally("wycheproof/\(source.file) valid")
        var invalid = VectorTally("wycheproof/\(source.file) invalid")
        var recovered = VectorTally("wycheproof/\(source.file) recovery")
        for group in file.testGroups {
            let point = try Hex.decode("0x" + group.publicKey.uncompressed).dropFirst()
            let key = try PublicKey(#require(FixedBytes<64>(point)))
            for test in group.tests {
                let digest = try #require(B256(source.hash(Hex.decode("0x" + test.msg))))
                let signature = Self.signature(try Hex.decode("0x" + test.sig), source.form)
                let verified = signature.map { key.verifies($0, of: digest, allowingHighS: source.allowingHighS) } ?? false
                #expect(verified == (test.result == "valid"), "\(source.file) \(test.tcId): \(test.comment)")
                if test.result == "valid" { valid.count(verified) } else { invalid.count(!verified) }
                guard verified, let signature else { continue }
                if !signature.isLowS { #expect(!key.verifies(signature, of: digest)) }
                let keys = [false, true].map {
                    try? Signature(r: signature.r, s: signature.s, yParity: $0).recoverPublicKey(digest)
                }
                if keys.contains(key) {
                    recovered.count(true)
                } else {
                    recovered.skip("r was reduced modulo n, which no Ethereum signature can say")
                }
            }
        }
        for tally in [valid, invalid, recovered] { tally.report() }
        #expect(valid.passed + invalid.passed == file.numberOfTests && valid.passed > 70 && invalid.passed > 30)
        #expect(recovered.skipped.values.reduce(0, +) == source.reduced)
    }

    private static func signature(_ bytes: [UInt8], _ form: Form) -> Signature? {
        switch form {
        case .der: DERSignature(bytes).flatMap { try? Signature(r: $0.r, s: $0.s, yParity: false) }
        case .raw: bytes.count == 64 ? try? Signature(bytes + [0]) : nil
        }
    }

    @Test("the digests that the files need are those of their standards")
    func digests() {
        #expect(
            Hex.encodeUnprefixed(SHA256.hash(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Hex.encodeUnprefixed(SHA3.hash(Array("abc".utf8)))
                == "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532")
    }
}
