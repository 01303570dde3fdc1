import EthCrypto
import EthPrimitives
import TestSupport
import Testing

@Suite("Accounts", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct AccountTests {
    struct Account: Decodable {
        let name: String
        let privateKey: String?
        let address: String
    }

    @Test("keys give their checksummed addresses")
    func addresses() throws {
        let accounts: [Account] = try SharedVectors.json("ethers/accounts.json.gz")
        var (texts, keys) = (VectorTally("ethers/accounts checksums"), VectorTally("ethers/accounts keys"))
        for account in accounts {
            let checksummed = try Address(hex: account.address)
            let lower = try Address(hex: account.address.lowercased())
            texts.count(checksummed.description == account.address && lower.description == account.address)
            // A letter of the other case breaks the checksum.
            let wrong = Self.flippingOneLetter(of: account.address)
            #expect(throws: AddressError.wrongChecksum(expected: account.address)) { try Address(hex: wrong) }
            guard let text = account.privateKey else { continue }
            keys.count(try PrivateKey(hex: text).address.description == account.address)
        }
        texts.report()
        keys.report()
        #expect(texts.passed == 130 && keys.passed == 130)
        #expect(accounts.count == 130)
    }

    /// The address with the case of its last letter changed.
    private static func flippingOneLetter(of address: String) -> String {
        var bytes = Array(address.utf8)
        if let index = bytes.lastIndex(where: { $0 > 0x39 && $0 != UInt8(ascii: "x") }) { bytes[index] ^= 0x20 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
