import EthCodec
import EthCrypto
import EthPrimitives
import Foundation
import Testing

@testable import EthKeystore

/// The vectors of this repository: Tests/Vectors/keystore.json.
@Suite("Own key file vectors")
struct OwnKeystoreVectorTests {
    static let vectors: JSON = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Vectors/keystore.json")
        return (try? JSONScanner.parse([UInt8](Data(contentsOf: file)))) ?? .null
    }()

    @Test("files of another library open with their password only", arguments: vectors["keystores"]?.array ?? [])
    func keystores(vector: JSON) throws {
        let file = try KeystoreV3(try #require(vector["keystore"]))
        let password = try #require(vector["password"]?.string)
        let expected = try PrivateKey(hex: try #require(vector["privateKey"]?.string))
        let key = try file.decrypt(Password(SecretText(password)))
        #expect(key.withUnsafeBytes { Array($0) } == expected.withUnsafeBytes { Array($0) })
        #expect(key.address == file.address)
        #expect(throws: KeystoreError.wrongPassword) { try file.decrypt(Password(SecretText(password + " "))) }
    }

    @Test("mnemonics, seeds and accounts come out as of other libraries", arguments: vectors["mnemonics"]?.array ?? [])
    func mnemonics(vector: JSON) throws {
        let text = { (name: String) in try #require(vector[name]?.string) }
        let phrase = try text("phrase")
        let mnemonic = try Mnemonic(entropy: Hex.decode(text("entropy")))
        #expect(mnemonic.phrase.reveal() == phrase)
        let read = try Mnemonic(SecretText(phrase))
        #expect(read.entropy.withUnsafeBytes { Hex.encode($0) } == (try text("entropy")))
        let seed = try read.seed(passphrase: SecretText(text("passphrase")))
        #expect(seed.secret.withUnsafeBytes { Hex.encode($0) } == (try text("seed")))
        let root = try ExtendedPrivateKey(seed: seed)
        let accounts = try #require(vector["accounts"]?.array)
        for (index, account) in accounts.enumerated() {
            #expect(try root.derived(.ethereum(account: UInt32(index))).privateKey.address.description == account.string)
        }
        #expect(accounts.count == 2)
    }

    @Test("none is missing")
    func complete() {
        #expect(Self.vectors["keystores"]?.array?.count == 3)
        #expect(Self.vectors["mnemonics"]?.array?.count == 10)
    }
}
