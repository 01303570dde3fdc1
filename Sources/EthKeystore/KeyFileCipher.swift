internal import Crypto
internal import CryptoExtras
internal import EthCrypto
internal import EthPrimitives

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The ciphers of key files, over swift-crypto. What they open is moved to memory that is overwritten in the end.
enum KeyFileCipher {
    /// AES-128 in counter mode, which is its own inverse.
    static func counter(
        _ input: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, iv: FixedBytes<16>
    ) throws(KeystoreError) -> SecretBytes {
        do {
            var output = try AES._CTR.encrypt(input, using: SymmetricKey(data: key), nonce: AES._CTR.Nonce(nonceBytes: iv.bytes))
            return SecretBytes(moving: &output)
        } catch {
            throw .cryptography(operation: "AES-128-CTR")
        }
    }

    /// Opens AES-128 in cipher block chaining with padding of PKCS #7; `nil` if the padding is wrong.
    static func openChained(_ input: [UInt8], key: UnsafeRawBufferPointer, iv: FixedBytes<16>) -> SecretBytes? {
        do {
            var output = try AES._CBC.decrypt(input, using: SymmetricKey(data: key), iv: AES._CBC.IV(ivBytes: iv.bytes))
            return SecretBytes(moving: &output)
        } catch {
            return nil
        }
    }
}

extension SecretBytes {
    fileprivate convenience init(moving data: inout Data) {
        self.init(data)
        data.withUnsafeMutableBytes { SecretBytes.wipe($0) }
    }
}
