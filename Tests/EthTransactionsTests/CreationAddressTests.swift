import EthPrimitives
import EthTransactions
import TestSupport
import Testing

@Suite("Addresses of created contracts", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct CreationAddressTests {
    struct Creator: Decodable {
        struct Creation: Decodable {
            let address: String
            let nonce: UInt64?
            let salt, initCodeHash: B256?
            let initCode: String?
        }
        let sender: Address
        let creates: [Creation]
    }

    @Test("follow from creator and nonce")
    func create() throws {
        var tally = VectorTally("ethers/create")
        for creator in try SharedVectors.json("ethers/create.json.gz", as: [Creator].self) {
            for creation in creator.creates {
                let held =
                    try Address.created(by: creator.sender, nonce: #require(creation.nonce)).description == creation.address
                #expect(held)
                tally.count(held)
            }
        }
        tally.report()
        #expect(tally.passed == 80)
    }

    @Test("follow from creator, salt and init code")
    func create2() throws {
        var tally = VectorTally("ethers/create2")
        for creator in try SharedVectors.json("ethers/create2.json.gz", as: [Creator].self) {
            for creation in creator.creates {
                let (salt, hash) = (try #require(creation.salt), try #require(creation.initCodeHash))
                let code = try Hex.decode(#require(creation.initCode))
                var held = Address.created2(by: creator.sender, salt: salt, initCode: code).description == creation.address
                held = held && Keccak256.hash(code) == hash
                held =
                    held && Address.created2(by: creator.sender, salt: salt, initCodeHash: hash).description == creation.address
                #expect(held)
                tally.count(held)
            }
        }
        tally.report()
        #expect(tally.passed == 64)
    }
}
