import EthCrypto
import EthPrimitives
import Testing

@testable import EthKeystore

@Suite("Derivation")
struct DerivationTests {
    /// BIP-32, test vectors 1 (its private keys taken out of the serialised form) and 3 (keys with leading zeros).
    @Test(
        "keys come out as BIP-32 says",
        arguments: [
            ("000102030405060708090a0b0c0d0e0f", "m", "e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35"),
            ("000102030405060708090a0b0c0d0e0f", "m/0'", "edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea"),
            ("000102030405060708090a0b0c0d0e0f", "m/0h/1", "3c6cb8d0f6a264c91ea8b5030fadaa8e538b020f0a387421a12de9319dc93368"),
            (
                "000102030405060708090a0b0c0d0e0f", "m/0H/1/2'/2/1000000000",
                "471b76e389e528d6de6d816857e012c5455051cad6660850e58372a6c3e6e7c8"
            ),
        ])
    func bip32(seed: String, path: String, expected: String) throws {
        let root = try ExtendedPrivateKey(seed: MnemonicSeed(bytes: Hex.decode("0x" + seed)))
        let key = try root.derived(DerivationPath(path))
        #expect(key.privateKey.withUnsafeBytes { Hex.encodeUnprefixed($0) } == expected)
        #expect(key.depth == path.filter { $0 == "/" }.count)
    }

    @Test("paths are written as they are read", arguments: ["m", "m/0", "m/44'/60'/0'/0/0", "m/2147483647'/2147483647"])
    func paths(text: String) throws {
        #expect(try DerivationPath(text).description == text)
        #expect(try DerivationPath(text.replacing("'", with: "h")) == DerivationPath(text))
    }

    @Test("Ethereum's accounts lie where BIP-44 says")
    func ethereum() throws {
        #expect(try DerivationPath.ethereum(account: 7).description == "m/44'/60'/0'/0/7")
        #expect(throws: DerivationError.step("2147483648")) { try DerivationPath.ethereum(account: 1 << 31) }
    }

    static let noPaths: [(String, DerivationError)] = [
        ("", DerivationError.noRoot(path: "")), ("0/1", .noRoot(path: "0/1")), ("/0", .noRoot(path: "/0")),
        ("M/0", .noRoot(path: "M/0")), ("m/", .step("")), ("m//0", .step("")), ("m/'", .step("'")), ("m/0''", .step("0''")),
        ("m/-1", .step("-1")), ("m/+1", .step("+1")), ("m/1x", .step("1x")), ("m/2147483648", .step("2147483648")),
        ("m/99999999999", .step("99999999999")), ("m/٣", .step("٣")),
        ("m" + String(repeating: "/0", count: 256), .tooDeep(steps: 256)),
    ]

    @Test("what is no path is refused", arguments: noPaths)
    func refusals(text: String, expected: DerivationError) { #expect(throws: expected) { try DerivationPath(text) } }

    @Test("there is no key below 255 steps, nor of a seed that is too short or too long")
    func bounds() throws {
        let root = try ExtendedPrivateKey(seed: MnemonicSeed(bytes: [UInt8](repeating: 1, count: 16)))
        let deepest = try root.derived(DerivationPath("m" + String(repeating: "/0", count: 255)))
        #expect(throws: DerivationError.tooDeep(steps: 256)) { try deepest.child(DerivationPath.Step(0)) }
        for count in [0, 15, 65] {
            #expect(throws: DerivationError.seedLength(bytes: count)) {
                try MnemonicSeed(bytes: [UInt8](repeating: 1, count: count))
            }
        }
    }
}
