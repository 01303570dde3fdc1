import EthCodec
import EthCrypto
import EthPrimitives

extension Operation {
    /// Private keys and files that hold them. No result and no error shows one.
    static let keys = [
        Operation("key.address", ["key"]) { .string(try $0.key("key").address.description) }
    ]
}
