import EthCrypto
import EthPrimitives
import Foundation
import Testing

/// The vectors of this repository: Tests/Vectors/signing.json.
@Suite("Own signing vectors")
struct OwnVectorTests {
    struct File: Decodable {
        struct Signed: Decodable {
            let key: String
            let address: Address
            let digest: B256
            let signature: Signature
        }
        struct Message: Decodable {
            let text: String
            let hash: B256
        }
        let signatures: [Signed]
        let messages: [Message]
    }

    static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Vectors/signing.json")

    @Test("keys give their addresses, and signatures bit for bit (RFC 6979, low s)")
    func signatures() throws {
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: Self.file))
        for vector in file.signatures {
            let key = try PrivateKey(hex: vector.key)
            #expect(key.address == vector.address)
            #expect(try key.sign(vector.digest) == vector.signature)
            #expect(try vector.signature.recoverAddress(vector.digest) == vector.address)
        }
        #expect(file.signatures.count == 8)
    }

    @Test("messages hash with the prefix of EIP-191")
    func messages() throws {
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: Self.file))
        for message in file.messages { #expect(MessageHash.personal(Array(message.text.utf8)) == message.hash) }
        #expect(file.messages.count == 3)
    }
}
