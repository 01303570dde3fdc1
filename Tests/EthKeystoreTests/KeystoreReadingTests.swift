import EthCodec
import EthCrypto
import EthPrimitives
import Testing

@testable import EthKeystore

@Suite("Key file reading")
struct KeystoreReadingTests {
    static let file = """
        {"address":"f78dd0b5abe3df06570eb59a68dfa360a1594451","crypto":{"cipher":"aes-128-ctr","ciphertext":\
        "fe3f9b8f5b0950b238ae9ec16a16bcb19918b869a76c43e0da29b6e4938e1cf2","cipherparams":{"iv":"850686e14710368b5461ad194b22b3e2"},\
        "kdf":"pbkdf2","kdfparams":{"c":1000,"dklen":32,"prf":"hmac-sha256","salt":"aab76b29962c78f9870d8ceed4cd2522"},\
        "mac":"fe52b7e5289700c8b051f937db25677db9399910d9d9b4548568f38939e9f11b"},"id":"4cc48853-d429-474e-80cb-05f163189f60",\
        "version":3}
        """
    static let scrypt = file.replacing("\"pbkdf2\"", with: "\"scrypt\"")
        .replacing("\"c\":1000,\"dklen\":32", with: "\"dklen\":32,\"n\":4096,\"p\":6,\"r\":8").replacing(
            ",\"prf\":\"hmac-sha256\"", with: "")

    static func read(_ text: String) throws -> KeystoreV3 { try KeystoreV3(parsing: Array(text.utf8)) }

    @Test("what geth writes is written back byte for byte", arguments: [file, scrypt])
    func same(text: String) throws { #expect(try Self.read(text).json.description == text) }

    @Test(
        "habits of real wallets are accepted",
        arguments: [
            ("\"crypto\"", "\"Crypto\""), ("\"address\":\"", "\"address\":\"0x"), ("\"iv\":\"", "\"iv\":\"0x"),
            ("f78dd0b5abe3df06570eb59a68dfa360a1594451", "F78DD0B5ABE3DF06570EB59A68DFA360A1594451"),
            ("\"salt\":\"aab7", "\"salt\":\"AAB7"), ("{\"address\"", "{\"x-ethers\":{\"version\":\"0.1\"},\"address\""),
        ])
    func tolerance(place: String, other: String) throws {
        let text = Self.file.replacing(place, with: other)
        #expect(text != Self.file)
        #expect(try Self.read(text) == Self.read(Self.file))
    }

    @Test("an address and an id may be missing or null")
    func optional() throws {
        let bare = Self.file.replacing("\"address\":\"f78dd0b5abe3df06570eb59a68dfa360a1594451\",", with: "")
            .replacing("\"id\":\"4cc48853-d429-474e-80cb-05f163189f60\"", with: "\"id\":null")
        let file = try Self.read(bare)
        #expect(file.address == nil && file.id == nil)
        #expect(
            try file.decrypt(Password(SecretText("correct horse"))).address.hex == "0xf78dd0b5abe3df06570eb59a68dfa360a1594451")
        #expect(!file.json.description.contains("address") && !file.json.description.contains("id\":"))
    }

    static let refusals: [(String, String, String)] = [
        ("\"version\":3", "\"version\":1", "version: expected 3, got 1"),
        ("\"version\":3", "\"version\":\"3\"", "version: expected 3, got \"3\""),
        (",\"version\":3", "", "version: expected a value, the field is missing"),
        ("\"version\":3", "\"version\":3,\"version\":3", "version: expected once, the field stands twice"),
        ("\"version\":3", "\"version\":3,\"Crypto\":{}", "crypto: expected once, the field stands twice"),
        ("\"crypto\":{", "\"krypto\":{", "crypto: expected a value, the field is missing"),
        ("aes-128-ctr", "aes-128-cbc", "crypto.cipher: expected \"aes-128-ctr\", got \"aes-128-cbc\""),
        ("fe3f9b8f", "3f9b8f", "crypto.ciphertext: expected 32 bytes, got 31"),
        ("fe3f9b8f", "fe3f9b8f00", "crypto.ciphertext: expected 32 bytes, got 33"),
        (
            "fe3f9b8f", "fe3f9b8g",
            "crypto.ciphertext: expected hexadecimal digits, got 64 characters: character 7 is not a hexadecimal digit"
        ),
        ("850686e1", "0686e1", "crypto.cipherparams.iv: expected 16 bytes, got 15"),
        ("fe52b7e5", "fe52b7e5e5", "crypto.mac: expected 32 bytes, got 33"),
        ("\"mac\":\"", "\"mac\":[],\"m\":\"", "crypto.mac: expected hexadecimal digits, got an array"),
        ("f78dd0b5", "f78dd0", "address: expected 20 bytes, got 19"),
        ("\"kdf\":\"pbkdf2\"", "\"kdf\":\"argon2id\"", "crypto.kdf: expected \"scrypt\" or \"pbkdf2\", got \"argon2id\""),
        ("hmac-sha256", "hmac-sha512", "crypto.kdfparams.prf: expected \"hmac-sha256\", got \"hmac-sha512\""),
        ("\"dklen\":32", "\"dklen\":16", "crypto.kdfparams.dklen: expected 32 to 128 bytes, got 16"),
        ("\"dklen\":32", "\"dklen\":129", "crypto.kdfparams.dklen: expected 32 to 128 bytes, got 129"),
        ("\"c\":1000", "\"c\":0", "crypto.kdfparams.c: expected a whole number from 1 to 2^32, got 0"),
        ("\"c\":1000", "\"c\":-1", "crypto.kdfparams.c: expected a whole number from 1 to 2^32, got -1"),
        ("\"c\":1000", "\"c\":1e3", "crypto.kdfparams.c: expected a whole number from 1 to 2^32, got 1e3"),
        (
            "\"c\":1000", "\"c\":16777217",
            "crypto.kdfparams.c: expected 1 to 16777216 rounds over all blocks of 32 bytes, got 16777217"
        ),
        (
            "\"c\":1000", "\"c\":99999999999999999999999999999999999999999999",
            "crypto.kdfparams.c: expected a whole number from 1 to 2^32, got a number of 44 characters"
        ),
        ("\"id\":\"", "\"id\":\"" + String(repeating: "0", count: 40), "id: expected at most 64 characters, got a string"),
        ("\"id\":\"4cc", "\"id\":7,\"i\":\"4cc", "id: expected a string, got 7"),
    ]

    @Test("a wrong field is named with what was expected and what stood there", arguments: refusals)
    func refusal(place: String, other: String, message: String) throws {
        let text = Self.file.replacing(place, with: other)
        #expect(text != Self.file)
        let error = #expect(throws: KeystoreError.self) { try Self.read(text) }
        #expect(error?.description == message)
    }

    @Test("what is no JSON object is refused", arguments: [("", "JSON ends early"), ("[]", "expected an object, got an array")])
    func noObject(text: String, message: String) {
        let error = #expect(throws: KeystoreError.self) { try Self.read(text) }
        #expect(error?.description.contains(message) == true)
    }

    static let tooMuch: [(n: Int, r: Int, p: Int, message: String)] = [
        (4095, 8, 1, "n: expected a power of two from 2 to 2^32, got 4095"),
        (1, 8, 1, "n: expected a power of two from 2 to 2^32, got 1"),
        (1 << 20, 8, 1, "n: expected at most 1 GiB of memory, 128·r·(n + p) bytes, got n 1048576, r 8, p 1"),
        (1 << 32, 1, 1, "n: expected at most 1 GiB of memory, 128·r·(n + p) bytes, got n 4294967296, r 1, p 1"),
        (2, 1 << 32, 1, "r: expected 1 to 2^30 - 1, got 4294967296"),
        (2, 1 << 29, 2, "p: expected 1 to (2^30 - 1) / r, got 2 with r 536870912"),
        (2, 1, 1 << 32, "p: expected 1 to (2^30 - 1) / r, got 4294967296 with r 1"),
        (1 << 18, 8, 33, "p: expected at most 8 GiB of work, 128·n·r·p bytes, got n 262144, r 8, p 33"),
        (2, 1, 1 << 29, "n: expected at most 1 GiB of memory, 128·r·(n + p) bytes, got n 2, r 1, p 536870912"),
    ]

    @Test("parameters of scrypt that would take too much memory or time are refused before any work", arguments: tooMuch)
    func scryptLimits(n: Int, r: Int, p: Int, message: String) {
        let text = Self.scrypt.replacing("\"n\":4096,\"p\":6,\"r\":8", with: "\"n\":\(n),\"p\":\(p),\"r\":\(r)")
        let error = #expect(throws: KeystoreError.self) { try Self.read(text) }
        #expect(error?.description == "crypto.kdfparams." + message)
    }

    @Test("a salt of more than 1024 bytes is refused, the largest parameters in use are not")
    func largest() throws {
        #expect(throws: KeystoreError.self) { try PBKDF2Parameters(rounds: 1, salt: [UInt8](repeating: 0, count: 1025)) }
        #expect(try PBKDF2Parameters(rounds: 1 << 24, salt: [UInt8](repeating: 0, count: 1024)).rounds == 1 << 24)
        #expect(throws: KeystoreError.self) { try PBKDF2Parameters(rounds: 1 << 24, length: 33, salt: []) }
        #expect(try ScryptParameters(n: 1 << 19, r: 8, p: 16, salt: []).n == 1 << 19)
    }

    @Test("a file whose parts were exchanged does not open as another account")
    func exchanged() throws {
        let other = try Self.read(Self.file.replacing("f78dd0b5", with: "f78dd0b6"))
        #expect(
            throws: KeystoreError.wrongAddress(
                stated: try Address(hex: "0xf78dd0b6abe3df06570eb59a68dfa360a1594451"),
                actual: try Address(hex: "0xf78dd0b5abe3df06570eb59a68dfa360a1594451"))
        ) { try other.decrypt(Password(SecretText("correct horse"))) }
        for (place, wrong) in [("fe3f9b8f", "fe3f9b8e"), ("fe52b7e5", "fe52b7e4"), ("aab76b29", "aab76b28"), (":1000", ":1001")] {
            let file = try Self.read(Self.file.replacing(place, with: wrong))
            #expect(throws: KeystoreError.wrongPassword) { try file.decrypt(Password(SecretText("correct horse"))) }
        }
    }
}
