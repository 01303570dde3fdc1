import EthCodec
import EthCrypto
import EthPrimitives
import TestSupport
import Testing

@testable import EthKeystore

/// Mnemonics of ethers in ten languages. Its fingerprints and serialised keys (`xprv`, `xpub`) are not compared: we write neither.
@Suite("Mnemonic vectors", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct MnemonicVectorTests {
    @Test("phrases give seeds, seeds the keys of every path; English ones come from their entropy and go back to it")
    func ethers() async throws {
        let cases = try #require(JSONScanner.parse(SharedVectors.bytes("ethers/mnemonics.json.gz")).array)
        var tally = VectorTally("ethers/mnemonics")
        var english = VectorTally("ethers/mnemonics, entropy and phrase")
        await withTaskGroup(of: (JSON, Bool, Bool?).self) { group in
            for test in cases {
                group.addTask { (test, await Self.derives(test), await Self.matchesEntropy(test)) }
            }
            for await (test, derived, matched) in group {
                tally.count(derived)
                #expect(derived, "\(test["name"]?.string ?? "")")
                if let matched {
                    english.count(matched)
                    #expect(matched, "\(test["name"]?.string ?? "")")
                } else {
                    english.skip("in a language whose word list is not carried")
                }
            }
        }
        tally.report()
        english.report()
        #expect(tally.passed == 200)
        #expect(english.passed == 20 && english.skipped.values.reduce(0, +) == 180)
    }

    @concurrent private static func derives(_ test: JSON) async -> Bool {
        do {
            let seed = try MnemonicSeed(phrase: text(test, "phrase"), passphrase: text(test, "password"))
            guard seed.secret.withUnsafeBytes({ Hex.encode($0) }) == test["seed"]?.string else { return false }
            let root = try ExtendedPrivateKey(seed: seed)
            let nodes = try #require(test["nodes"]?.array)
            for node in nodes {
                let key = try root.derived(DerivationPath(#require(node["path"]?.string)))
                guard key.privateKey.withUnsafeBytes({ Hex.encode($0) }) == node["privateKey"]?.string,
                    key.chainCode.withUnsafeBytes({ Hex.encode($0) }) == node["chainCode"]?.string,
                    UInt64(key.depth) == node["depth"]?.uint64,
                    Hex.encode(key.privateKey.publicKey.point.bytes.prefix(32)).dropFirst(2)
                        == node["publicKey"]?.string?.dropFirst(4)
                else { return false }
            }
            return nodes.count == 6
        } catch {
            Issue.record("\(error)")
            return false
        }
    }

    /// `nil` for another language than English.
    @concurrent private static func matchesEntropy(_ test: JSON) async -> Bool? {
        guard test["locale"] == "en" else { return nil }
        do {
            let entropy = try Hex.decode(#require(test["entropy"]?.string))
            let phrase = try text(test, "phrase")
            return try Mnemonic(entropy: entropy).phrase.reveal() == phrase.reveal()
                && Mnemonic(phrase).entropy.withUnsafeBytes { Array($0) } == entropy
        } catch {
            Issue.record("\(error)")
            return false
        }
    }

    private static func text(_ test: JSON, _ name: String) throws -> SecretText {
        SecretText(String(decoding: try Hex.decode(#require(test[name]?.string)), as: UTF8.self))
    }
}
