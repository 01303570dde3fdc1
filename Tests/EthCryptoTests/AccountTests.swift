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
        var keys = 0
        let accounts: [Account] = try SharedVectors.json("ethers/accounts.json.gz")
        for account in accounts {
            #expect(try Address(hex: account.address).description == account.address)
            #expect(try Address(hex: account.address.lowercased()).description == account.address)
            guard let text = account.privateKey else { continue }
            keys += 1
            #expect(try PrivateKey(hex: text).address.description == account.address, "\(account.name)")
        }
        print("ethers/accounts: \(accounts.count) addresses, \(keys) keys")
        #expect(accounts.count == 130)
    }
}
