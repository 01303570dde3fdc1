import EthCodec
import EthCrypto
import EthPrimitives

extension Operation {
    /// Digests of bytes.
    static let hashing = [
        Operation("keccak256", ["data"]) { .string(Keccak256.hash(try $0.bytes("data")).description) },
        Operation("message.hash", ["data"]) { .string(MessageHash.personal(try $0.bytes("data")).description) },
    ]
}
