import EthCodec
import EthCrypto
import EthPrimitives
import TestSupport
import Testing

@testable import EthKeystore

@Suite("Key file writing")
struct KeystoreWritingTests {
    /// Not any account's.
    static let canary = "c0ffee5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0ffee5ec2e7abcd"

    @Test("a key comes back from its file", arguments: [KeystoreStrength.light, .pbkdf2(rounds: 1000)])
    func roundTrip(strength: KeystoreStrength) throws {
        let key = try PrivateKey(hex: Self.canary)
        let password = Password(SecretText("pässword"))
        let file = try KeystoreV3(encrypting: key, password: password, strength: strength)
        let read = try KeystoreV3(parsing: Array(file.json.description.utf8))
        #expect(read == file)
        #expect(read.address == key.address)
        let opened = try read.decrypt(password)
        #expect(opened.withUnsafeBytes { Array($0) } == key.withUnsafeBytes { Array($0) })
        // The same text with a combining mark is another password: bytes count.
        #expect(throws: KeystoreError.wrongPassword) { try read.decrypt(Password(SecretText("pa\u{308}ssword"))) }
        #expect(throws: KeystoreError.wrongPassword) { try read.decrypt(Password(bytes: [])) }
    }

    @Test("geth's presets are its numbers")
    func presets() throws {
        #expect(try KeystoreStrength.standard.derivation(salt: []) == .scrypt(ScryptParameters(n: 262_144, r: 8, p: 1, salt: [])))
        #expect(try KeystoreStrength.light.derivation(salt: []) == .scrypt(ScryptParameters(n: 4096, r: 8, p: 6, salt: [])))
        #expect(try KeystoreStrength.standard.derivation(salt: []) != KeystoreStrength.light.derivation(salt: []))
    }

    @Test("salt, IV and id come from the given source, and differ between files of the system's")
    func randomness() throws {
        let key = try PrivateKey(hex: Self.canary)
        func file(_ seed: UInt64) throws -> KeystoreV3 {
            var source = SeededRandom(seed)
            return try KeystoreV3(
                encrypting: key, password: Password(SecretText("x")), strength: .pbkdf2(rounds: 1), using: &source)
        }
        #expect(try file(1) == file(1))
        let files =
            try [file(1), file(2)]
            + (0..<2).map { _ in
                try KeystoreV3(encrypting: key, password: Password(SecretText("x")), strength: .pbkdf2(rounds: 1))
            }
        #expect(Set(files.map(\.id)).count == 4)
        #expect(Set(files.map(\.derivation)).count == 4)
        #expect(Set(files.map { $0.iv.description }).count == 4)
        for file in files {
            let id = try #require(file.id)
            #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil, "\(id)")
        }
    }

    static let geth: [(UInt64, UInt32, String)] = [
        (1_517_017_942, 0, "UTC--2018-01-27T01-52-22.000000000Z--"),
        (0, 999_999_999, "UTC--1970-01-01T00-00-00.999999999Z--"), (951_782_400, 7, "UTC--2000-02-29T00-00-00.000000007Z--"),
        (951_868_799, 0, "UTC--2000-02-29T23-59-59.000000000Z--"), (951_868_800, 0, "UTC--2000-03-01T00-00-00.000000000Z--"),
        (4_107_542_400, 0, "UTC--2100-03-01T00-00-00.000000000Z--"),
        (253_402_300_799, 0, "UTC--9999-12-31T23-59-59.000000000Z--"),
    ]

    @Test("key files are named as geth names them", arguments: geth)
    func names(seconds: UInt64, nanoseconds: UInt32, expected: String) throws {
        let address = try Address(hex: "0x012363D61BDC53D0290A0f25e9C89F8257550FB8")
        #expect(
            KeyFileName.of(address, seconds: seconds, nanoseconds: nanoseconds)
                == expected + "012363d61bdc53d0290a0f25e9c89f8257550fb8")
    }

    @Test("no file, error or printed value shows the key, the password or the phrase")
    func canaries() throws {
        let word = "hunter2-canary"
        let password = Password(SecretText(word))
        let key = try PrivateKey(hex: Self.canary)
        let file = try KeystoreV3(encrypting: key, password: password, strength: .pbkdf2(rounds: 1))
        let mnemonic = try Mnemonic(entropy: Hex.decode("0x" + Self.canary))
        let seed = try mnemonic.seed(passphrase: SecretText(word))
        let root = try ExtendedPrivateKey(seed: seed)
        var shown = file.json.description + "\(file) \(password) \(mnemonic) \(seed) \(root)"
        dump(file, to: &shown)
        dump((password, mnemonic, seed, root), to: &shown)
        debugPrint(password, mnemonic, seed, root, to: &shown)
        do { _ = try file.decrypt(Password(SecretText(word + "!"))) } catch { shown += "\(error)" }
        let secrets = [
            Self.canary, String(Self.canary.prefix(12)), word, String(mnemonic.phrase.reveal().prefix(12)),
            seed.secret.withUnsafeBytes { Hex.encodeUnprefixed($0.prefix(8)) },
            root.chainCode.withUnsafeBytes { Hex.encodeUnprefixed($0.prefix(8)) },
        ]
        for secret in secrets { #expect(!shown.lowercased().contains(secret), "\(secret) is shown") }
        #expect(shown.contains("<secret>") && shown.contains("redacted"))
    }
}
