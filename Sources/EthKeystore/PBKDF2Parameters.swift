internal import EthCrypto

/// Parameters of PBKDF2 with HMAC-SHA-256, within bounds that let no file stop a machine.
public struct PBKDF2Parameters: Hashable, Sendable {
    /// Rounds of the hash for each 32 bytes, `c` in the file.
    public let rounds: Int
    /// Bytes of the derived key, `dklen` in the file.
    public let length: Int
    public let salt: [UInt8]

    /// Rounds that are accepted over all blocks of 32 bytes: 64 times what files have, some ten seconds.
    public static let mostRounds = 1 << 24

    /// - Throws: `KeystoreError.invalid` with the field's name in the file.
    public init(rounds: Int, length: Int = 32, salt: [UInt8]) throws(KeystoreError) {
        try DerivedKeyLimits.check(length: length, salt: salt)
        guard rounds >= 1, rounds <= Self.mostRounds / ((length + 31) / 32) else {
            throw .invalid(field: "c", expected: "1 to \(Self.mostRounds) rounds over all blocks of 32 bytes", got: "\(rounds)")
        }
        self.rounds = rounds
        self.length = length
        self.salt = salt
    }

    func key(for password: Password) throws(KeystoreError) -> SecretBytes {
        try PBKDF2.key(password.secret, salt: SecretBytes(salt), hash: .sha256, rounds: rounds, length: length)
    }
}
