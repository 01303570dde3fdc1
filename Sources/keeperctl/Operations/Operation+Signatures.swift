import EthCodec
import EthCrypto
import EthPrimitives

extension Operation {
    /// Signatures and who made them.
    static let signatures = [
        Operation("signature.recover", ["hash", "signature"]) { arguments in
            let signature = try Signature(arguments.bytes("signature"))
            return .string(try signature.recoverAddress(arguments.b256("hash")).description)
        }
    ]
}
