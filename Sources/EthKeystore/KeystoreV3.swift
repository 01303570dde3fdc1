public import EthCrypto
public import EthPrimitives

/// A private key under a password: Web3 Secret Storage, version 3, as geth writes and reads it
/// (https://ethereum.org/developers/docs/data-structures-and-encoding/web3-secret-storage).
public struct KeystoreV3: Hashable, Sendable {
    public let derivation: KeyDerivation
    /// Where the cipher, AES-128 in counter mode, begins to count.
    public let iv: FixedBytes<16>
    /// The private key, enciphered.
    public let ciphertext: FixedBytes<32>
    /// Keccak-256 of the second 16 bytes of the derived key and the ciphertext: tells a wrong password.
    public let mac: B256
    /// The key's account; some wallets leave it out.
    public let address: Address?
    /// A random UUID; some wallets leave it out.
    public let id: String?

    /// Takes the parts of a file as they are.
    public init(
        derivation: KeyDerivation, iv: FixedBytes<16>, ciphertext: FixedBytes<32>, mac: B256, address: Address?, id: String?
    ) {
        self.derivation = derivation
        self.iv = iv
        self.ciphertext = ciphertext
        self.mac = mac
        self.address = address
        self.id = id
    }

    /// Opens the file. Takes about a second and 256 MiB for a file of geth, and by the limits of `ScryptParameters` and
    /// `PBKDF2Parameters` at most some twenty seconds and 1 GiB.
    /// - Throws: `KeystoreError.wrongPassword`; `.notAKey` or `.wrongAddress` if the password is right and the file is not.
    public func decrypt(_ password: Password) throws(KeystoreError) -> PrivateKey {
        let key = try opened(with: derivation.key(for: password))
        if let address, address != key.address { throw .wrongAddress(stated: address, actual: key.address) }
        return key
    }

    private func opened(with derived: SecretBytes) throws(KeystoreError) -> PrivateKey {
        guard Self.isEqual(Self.mac(of: ciphertext, derived: derived), mac) else { throw .wrongPassword }
        let secret = try SecretBytes(ciphertext.bytes).withUnsafeBytes { (ciphertext) throws(KeystoreError) in
            try Self.cipher(ciphertext, derived: derived, iv: iv)
        }
        do { return try PrivateKey(secret) } catch { throw .notAKey }
    }

    /// Enciphers or deciphers with the first 16 bytes of the derived key.
    static func cipher(
        _ input: UnsafeRawBufferPointer, derived: SecretBytes, iv: FixedBytes<16>
    ) throws(KeystoreError) -> SecretBytes {
        try derived.withUnsafeBytes { (derived) throws(KeystoreError) in
            try KeyFileCipher.counter(input, key: UnsafeRawBufferPointer(rebasing: derived[..<16]), iv: iv)
        }
    }

    static func mac(of ciphertext: FixedBytes<32>, derived: SecretBytes) -> B256 {
        var hash = Keccak256()
        derived.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[16..<32])) }
        ciphertext.withUnsafeBytes { hash.update($0) }
        return hash.finalize()
    }

    /// Compares in a time that does not depend on where the two differ.
    private static func isEqual(_ a: B256, _ b: B256) -> Bool {
        var difference: UInt8 = 0
        for index in 0..<32 { difference |= a[index] ^ b[index] }
        return difference == 0
    }
}
