public import EthCodec
public import EthCrypto
public import EthPrimitives

/// A wallet of Ethereum's presale of 2014: an enciphered seed whose Keccak-256 hash is the private key, as geth imports it.
///
/// Its protection is weak by today's measure (2,000 rounds, the password for salt): read here, never written.
public struct PresaleWallet: Hashable, Sendable {
    /// 16 bytes of IV and the enciphered seed.
    public let encseed: [UInt8]
    public let address: Address

    /// Reads the wallet's JSON.
    /// - Throws: `KeystoreError` that names the field.
    public init(_ json: JSON) throws(KeystoreError) {
        let file = try KeyFileField(file: json)
        let field = try file.member("encseed")
        encseed = try field.bytes()
        guard encseed.count >= 32, encseed.count <= 4096, encseed.count % 16 == 0 else {
            throw field.invalid("32 to 4096 bytes in blocks of 16", got: "\(encseed.count) bytes")
        }
        address = try file.member("ethaddr").address()
    }

    /// Opens the wallet.
    /// - Throws: `KeystoreError.wrongPassword` if what comes out is not the key of `address`: the format has no better test.
    public func decrypt(_ password: Password) throws(KeystoreError) -> PrivateKey {
        let derived = try PBKDF2.key(password.secret, salt: password.secret, hash: .sha256, rounds: 2000, length: 16)
        guard let iv = FixedBytes<16>(encseed[..<16]),
            let seed = derived.withUnsafeBytes({ KeyFileCipher.openChained(Array(encseed[16...]), key: $0, iv: iv) })
        else {
            throw .wrongPassword
        }
        let secret = SecretBytes(filledBy: { out in
            seed.withUnsafeBytes { Keccak256.hash($0) }.withUnsafeBytes { out.copyMemory(from: $0) }
        })
        // A hash out of the curve's range is as good as a wrong password: no wallet was made with it.
        guard let key = try? PrivateKey(secret), key.address == address else { throw .wrongPassword }
        return key
    }
}
