import EthCrypto
import EthPrimitives
import Foundation
import Testing

@Suite("Signature")
struct SignatureTests {
    static let order: UInt256 = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141

    @Test("a signature recovers to the signer, is low, and is the same each time")
    func roundTrip() throws {
        for index in 0..<50 {
            let key = PrivateKey.random()
            let digest = Keccak256.hash("message \(index)")
            let signature = try key.sign(digest)
            #expect(signature.isLowS)
            #expect(try key.sign(digest) == signature)
            #expect(try signature.recoverAddress(digest) == key.address)
            #expect(try signature.recoverPublicKey(digest) == key.publicKey)
            #expect(key.publicKey.verifies(signature, of: digest))
            #expect(!key.publicKey.verifies(signature, of: Keccak256.hash("another")))
            #expect((try? signature.recoverAddress(Keccak256.hash("another"))) != key.address)
        }
    }

    @Test("the mirrored signature recovers too, and is refused where low s is asked")
    func mirrored() throws {
        let key = PrivateKey.random()
        let digest = Keccak256.hash("x")
        let low = try key.sign(digest)
        let high = try Signature(r: low.r, s: Self.order - low.s, yParity: !low.yParity)
        #expect(!high.isLowS)
        #expect(try high.recoverAddress(digest) == key.address)
        #expect(!key.publicKey.verifies(high, of: digest))
        #expect(key.publicKey.verifies(high, of: digest, allowingHighS: true))
        let half = Self.order >> 1
        #expect(try Signature(r: 1, s: half, yParity: false).isLowS)
        #expect(try !Signature(r: 1, s: half + 1, yParity: false).isLowS)
    }

    @Test(
        "r and s are from 1 to n - 1",
        arguments: [(0, 1), (1, 0), (order, 1), (1, order), (.max, 1), (1, .max)] as [(UInt256, UInt256)])
    func ranges(r: UInt256, s: UInt256) {
        #expect(throws: CryptoError.signatureOutOfRange) { try Signature(r: r, s: s, yParity: false) }
    }

    @Test("65 bytes with v 27, 28, 0 or 1 are read; others are not")
    func bytes() throws {
        let signature = try PrivateKey.random().sign(Keccak256.hash("y"))
        #expect(try Signature(signature.bytes) == signature)
        #expect(try Signature(signature.bytes.dropLast() + [signature.yParity ? 1 : 0]) == signature)
        for v in [2, 26, 29, 35, 255] as [UInt8] {
            #expect(throws: CryptoError.malformedSignature) { try Signature(signature.bytes.dropLast() + [v]) }
        }
        #expect(throws: CryptoError.malformedSignature) { try Signature(signature.bytes.dropLast()) }
        let json = try JSONEncoder().encode([signature])
        #expect(try JSONDecoder().decode([Signature].self, from: json) == [signature])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Signature].self, from: Data("[\"0x00\"]".utf8)) }
    }

    @Test("an r that is no x coordinate recovers nothing")
    func unrecoverable() throws {
        // 5 is not the x coordinate of a point: 5³ + 7 = 132 is not a square modulo p.
        let signature = try Signature(r: 5, s: 1, yParity: false)
        #expect(throws: CryptoError.unrecoverable) { try signature.recoverAddress(Keccak256.hash("z")) }
    }

    @Test("a point off the curve is no public key")
    func offCurve() {
        #expect(throws: CryptoError.invalidPublicKey) { try PublicKey(FixedBytes<64>()) }
    }

    @Test("many threads may sign and recover at once")
    func threads() async {
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<64 {
                group.addTask {
                    let key = PrivateKey.random()
                    let digest = Keccak256.hash("task \(index)")
                    return (try? key.sign(digest).recoverAddress(digest)) == key.address
                }
            }
            for await held in group { #expect(held) }
        }
    }
}
