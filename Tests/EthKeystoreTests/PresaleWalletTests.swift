import EthCodec
import EthPrimitives
import Testing

@testable import EthKeystore

@Suite("Presale wallet")
struct PresaleWalletTests {
    private func file(encseed: Int, address: String = String(repeating: "11", count: 20)) -> String {
        "{\"encseed\":\"\(String(repeating: "ab", count: encseed))\",\"ethaddr\":\"\(address)\",\"email\":\"\",\"btcaddr\":\"\"}"
    }

    @Test("is told from a key file by its seed, and does not open with any password")
    func wrongPassword() throws {
        let file = try KeyFile(parsing: Array(file(encseed: 96).utf8))
        guard case .presale(let wallet) = file else {
            Issue.record("not a presale wallet")
            return
        }
        #expect(wallet.encseed.count == 96 && file.address?.hex == "0x" + String(repeating: "11", count: 20))
        for password in ["", "a", "b"] {
            #expect(throws: KeystoreError.wrongPassword) { try file.decrypt(Password(SecretText(password))) }
        }
    }

    @Test(
        "a seed that is no row of blocks is refused",
        arguments: [(0, "0 bytes"), (16, "16 bytes"), (33, "33 bytes"), (4112, "4112 bytes")])
    func lengths(count: Int, got: String) {
        #expect(
            throws: KeystoreError.invalid(field: "encseed", expected: "32 to 4096 bytes in blocks of 16", got: got)
        ) { try KeyFile(parsing: Array(file(encseed: count).utf8)) }
    }

    @Test("the address must be whole")
    func address() {
        #expect(throws: KeystoreError.invalid(field: "ethaddr", expected: "20 bytes", got: "1")) {
            try KeyFile(parsing: Array(file(encseed: 32, address: "11").utf8))
        }
    }
}
