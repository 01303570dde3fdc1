import EthCodec
import EthCrypto
import EthPrimitives
import TestSupport
import Testing

@testable import EthKeystore

/// Key files of other projects.
@Suite("Key file vectors", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct KeystoreVectorTests {
    struct Case: Sendable {
        let name: String
        let file: JSON
        let password: [UInt8]
        let address: Address
        /// Some suites give the account only.
        var privateKey: [UInt8]?
    }

    @Test("ethereum-tests: all key files open, and a wrong password does not open them")
    func ethereumTests() async throws {
        let suite = try JSONScanner.parse(SharedVectors.bytes("ethereum-tests/KeyStoreTests/basic_tests.json"))
        let cases = try #require(suite.members).map { member in
            let secret = try SharedVectors.unhex(try #require(member.value["priv"]?.string))
            return Case(
                name: member.name, file: try #require(member.value["json"]),
                password: Array(try #require(member.value["password"]?.string).utf8), address: try PrivateKey(secret).address,
                privateKey: secret)
        }
        try await check(cases, suite: "ethereum-tests/KeyStoreTests", count: 5)
    }

    @Test("ethers: all wallets open, the one of the presale too")
    func ethers() async throws {
        let suite = try JSONScanner.parse(SharedVectors.bytes("ethers/wallets.json.gz"))
        let cases = try #require(suite.array).map { wallet in
            let text = { (name: String) in try #require(wallet[name]?.string) }
            return Case(
                name: try text("name"), file: try JSONScanner.parse(Array(text("content").utf8)),
                password: try Hex.decode(text("password")), address: try Address(hex: text("address")))
        }
        try await check(cases, suite: "ethers/wallets", count: 5)
    }

    /// Opens each file with its password; those that the library derives with a wrong one too, the others are slow in a debug build.
    private func check(_ cases: [Case], suite: String, count: Int) async throws {
        var tally = VectorTally(suite)
        await withTaskGroup(of: (String, Bool).self) { group in
            for test in cases { group.addTask { (test.name, await Self.passes(test)) } }
            for await (name, success) in group {
                tally.count(success)
                #expect(success, "\(name)")
            }
        }
        tally.report()
        #expect(tally.passed == count)
    }

    @concurrent private static func passes(_ test: Case) async -> Bool {
        do {
            let file = try KeyFile(test.file)
            let key = try file.decrypt(Password(bytes: test.password))
            guard key.address == test.address, file.address ?? key.address == test.address else { return false }
            if let secret = test.privateKey, key.withUnsafeBytes({ Array($0) }) != secret { return false }
            guard case .keystoreV3(let keystore) = file, case .scrypt(let scrypt) = keystore.derivation, !scrypt.areTakenByLibrary
            else {
                do {
                    _ = try file.decrypt(Password(bytes: test.password + [0x20]))
                    return false
                } catch {
                    return error == .wrongPassword
                }
            }
            return true
        } catch {
            Issue.record("\(test.name): \(error)")
            return false
        }
    }
}
