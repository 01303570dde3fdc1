public import EthCrypto
internal import EthPrimitives

extension KeystoreV3 {
    /// Puts a key under a password, with salt, IV and id from the system's generator.
    /// - Throws: `KeystoreError` if the rounds of `strength` are out of bounds or memory is short.
    public init(
        encrypting key: PrivateKey, password: Password, strength: KeystoreStrength = .standard
    ) throws(KeystoreError) {
        var generator = SystemRandomNumberGenerator()
        try self.init(encrypting: key, password: password, strength: strength, using: &generator)
    }

    /// Puts a key under a password, with salt, IV and id (a UUID of version 4) from `generator`, which must be fit for secrets.
    public init(
        encrypting key: PrivateKey, password: Password, strength: KeystoreStrength = .standard,
        using generator: inout some RandomNumberGenerator
    ) throws(KeystoreError) {
        let salt: FixedBytes<32> = Self.random(&generator)
        let iv: FixedBytes<16> = Self.random(&generator)
        let derivation = try strength.derivation(salt: salt.bytes)
        let derived = try derivation.key(for: password)
        let enciphered = try key.withUnsafeBytes { (secret) throws(KeystoreError) in
            try Self.cipher(secret, derived: derived, iv: iv)
        }
        guard let ciphertext = enciphered.withUnsafeBytes({ FixedBytes<32>($0) }) else {
            throw .cryptography(operation: "AES-128-CTR")
        }
        self.init(
            derivation: derivation, iv: iv, ciphertext: ciphertext, mac: Self.mac(of: ciphertext, derived: derived),
            address: key.address, id: Self.uuid(&generator))
    }

    private static func random<let count: Int>(_ generator: inout some RandomNumberGenerator) -> FixedBytes<count> {
        var bytes = FixedBytes<count>()
        for index in 0..<count { bytes[index] = UInt8.random(in: 0...255, using: &generator) }
        return bytes
    }

    /// A random UUID: version 4, variant 1 (RFC 9562, section 5.4).
    private static func uuid(_ generator: inout some RandomNumberGenerator) -> String {
        var bytes: FixedBytes<16> = random(&generator)
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        var digits = Hex.encodeUnprefixed(bytes.bytes)[...]
        var groups: [Substring] = []
        for count in [8, 4, 4, 4, 12] {
            groups.append(digits.prefix(count))
            digits = digits.dropFirst(count)
        }
        return groups.joined(separator: "-")
    }
}
