import EthCrypto
import EthPrimitives
import Testing

@testable import EthKeystore

@Suite("Key derivation")
struct KeyDerivationTests {
    private func hex(_ key: SecretBytes) -> String { key.withUnsafeBytes { Hex.encodeUnprefixed($0) } }

    /// RFC 7914, section 12: (password, salt, n, r, p, the first 32 of 64 bytes).
    @Test(
        "scrypt gives the values of RFC 7914, by the library and by ourselves",
        arguments: [
            ("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"),
            ("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"),
            ("pleaseletmein", "SodiumChloride", 16_384, 8, 1, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"),
        ])
    func scrypt(password: String, salt: String, n: Int, r: Int, p: Int, expected: String) throws {
        let parameters = try ScryptParameters(n: n, r: r, p: p, salt: Array(salt.utf8))
        let password = Password(SecretText(password))
        #expect(parameters.areTakenByLibrary)
        #expect(hex(try parameters.key(for: password)) == expected)
        #expect(hex(try parameters.mixedKey(for: password)) == expected)
    }

    @Test(
        "our mixing agrees with the library at every shape, and parameters that the library refuses go to ours",
        arguments: [(2, 1, 1), (2, 3, 5), (64, 2, 2), (256, 16, 1), (32_768, 1, 1), (8, 17, 3)])
    func agreement(n: Int, r: Int, p: Int) throws {
        let parameters = try ScryptParameters(n: n, r: r, p: p, length: 65, salt: [1, 2, 3])
        let password = Password(bytes: [0xff, 0x00, 0x80])
        #expect(parameters.areTakenByLibrary)
        #expect(hex(try parameters.key(for: password)) == hex(try parameters.mixedKey(for: password)))
    }

    @Test("parameters outside of RFC 7914 that are in files, and large blocks, are derived too")
    func refused() throws {
        let odd = try ScryptParameters(n: 1 << 16, r: 1, p: 1, salt: [1])
        let large = try ScryptParameters(n: 16, r: 32, p: 1, salt: [1])
        #expect(!odd.areTakenByLibrary && !large.areTakenByLibrary)
        let password = Password(SecretText("password"))
        // By the RFC's pseudocode in Python, and by OpenSSL.
        #expect(hex(try odd.key(for: password)) == "7c1f652941a72118ad56afbd2af4e270fc8385a6acae506b9b701ee63276d6aa")
        #expect(hex(try large.key(for: password)) == "26a5657c8c9ca7a0fae3548622595a23f0973ae923572803f143ce81e62071e0")
    }

    @Test("PBKDF2 gives the values of other libraries")
    func pbkdf2() throws {
        // RFC 7914, section 11.
        let rfc = try PBKDF2Parameters(rounds: 1, length: 64, salt: Array("salt".utf8))
        #expect(
            hex(try rfc.key(for: Password(SecretText("passwd"))))
                == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783")
        let rounds = try PBKDF2Parameters(rounds: 80_000, length: 64, salt: Array("NaCl".utf8))
        #expect(
            hex(try rounds.key(for: Password(SecretText("Password")))).hasPrefix(
                "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"))
    }
}
