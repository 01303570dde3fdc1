import CPeers
import EthCrypto
import EthPrimitives

/// Recoverable signatures over a digest, and back, beside libsecp256k1 called from C.
enum SigningBench {
    /// The key of everything that is signed here.
    static let secret = [UInt8](repeating: 0x46, count: 32)

    static func rows() throws -> [Row] {
        peer_secp256k1_prepare(secret)
        let key = try PrivateKey(secret)
        let digest = Keccak256.hash("benchmark")
        let signature = try key.sign(digest)
        var raw = [UInt8](repeating: 0, count: 65)
        peer_secp256k1_sign(digest.bytes, &raw)
        precondition(
            signature.r == UInt256(bigEndianBytes: raw[..<32]) && signature.s == UInt256(bigEndianBytes: raw[32..<64])
                && signature.yParity == (raw[64] == 1), "the signatures differ")
        let (digestBytes, signatureBytes) = (digest.bytes, raw)
        return [
            Row(
                "sign a digest",
                [
                    .ours { for _ in 0..<$0 { use(try key.sign(digest)) } },
                    .peer("libsecp256k1 from C", .times(0.97)) { iterations in
                        var out = [UInt8](repeating: 0, count: 65)
                        for _ in 0..<iterations {
                            peer_secp256k1_sign(digestBytes, &out)
                            peer_use(&out)
                        }
                    },
                    .python("coincurve", "sign_coincurve"),
                ]),
            Row(
                "recover an address",
                [
                    .ours { for _ in 0..<$0 { use(try signature.recoverAddress(digest)) } },
                    .peer("libsecp256k1 from C, key only") { iterations in
                        var out = [UInt8](repeating: 0, count: 65)
                        for _ in 0..<iterations {
                            peer_secp256k1_recover(digestBytes, signatureBytes, &out)
                            peer_use(&out)
                        }
                    },
                    .python("coincurve, key only", "recover_coincurve"),
                ]),
        ]
    }
}
