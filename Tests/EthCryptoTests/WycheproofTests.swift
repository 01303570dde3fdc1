import EthCrypto
import EthPrimitives
import TestSupport
import Testing

/// ECDSA edge cases of the project Wycheproof.
@Suite("Wycheproof", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct WycheproofTests {
    struct File: Decodable {
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

    @Test(
        "judges every signature as the file does",
        arguments: [
            ("ecdsa_secp256k1_sha256_bitcoin_test.json", Form.der, false), ("ecdsa_secp256k1_sha256_test.json", .der, true),
            ("ecdsa_secp256k1_sha256_p1363_test.json", .raw, true),
        ])
    func verify(file: String, form: Form, allowingHighS: Bool) throws {
        var counts = (valid: 0, invalid: 0, highS: 0, recovered: 0)
        for group in try SharedVectors.json("wycheproof/\(file)", as: File.self).testGroups {
            let point = try Hex.decode("0x" + group.publicKey.uncompressed).dropFirst()
            let key = try PublicKey(#require(FixedBytes<64>(point)))
            for test in group.tests {
                let digest = try #require(B256(SHA256.hash(Hex.decode("0x" + test.msg))))
                let signature = Self.signature(try Hex.decode("0x" + test.sig), form)
                let verified = signature.map { key.verifies($0, of: digest, allowingHighS: allowingHighS) } ?? false
                #expect(verified == (test.result == "valid"), "\(file) \(test.tcId): \(test.comment)")
                if test.result == "valid" { counts.valid += 1 } else { counts.invalid += 1 }
                guard verified, let signature else { continue }
                if !signature.isLowS {
                    counts.highS += 1
                    #expect(!key.verifies(signature, of: digest))
                }
                // One of the two parities gives the key back, unless r was reduced modulo n.
                let keys = [false, true].map {
                    try? Signature(r: signature.r, s: signature.s, yParity: $0).recoverPublicKey(digest)
                }
                if keys.contains(key) { counts.recovered += 1 }
            }
        }
        print(
            "wycheproof/\(file): \(counts.valid) valid (\(counts.highS) with high s, \(counts.recovered) recovered), \(counts.invalid) invalid"
        )
        #expect(counts.valid > 20 && counts.invalid > 20 && counts.valid - counts.recovered < 8)
    }

    private static func signature(_ bytes: [UInt8], _ form: Form) -> Signature? {
        switch form {
        case .der: DERSignature(bytes).flatMap { try? Signature(r: $0.r, s: $0.s, yParity: false) }
        case .raw: bytes.count == 64 ? try? Signature(bytes + [0]) : nil
        }
    }
}
