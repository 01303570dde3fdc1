import EthPrimitives
import Foundation

/// The vectors of this repository: Tests/Vectors/trie.json.
struct TrieVectors: Decodable {
    struct Trie: Decodable, Sendable, CustomStringConvertible {
        struct Proof: Decodable, Sendable {
            let key, value: Bytes
            let nodes: [Bytes]
            /// The same with nodes that stand inside others too, where there are any.
            let withInlined: [Bytes]?
        }
        let name: String
        let pairs: [[Bytes]]
        let root, secureRoot: B256
        let proofs: [Proof]

        var description: String { name }
        var entries: [(key: [UInt8], value: [UInt8])] { pairs.map { ($0[0].rawValue, $0[1].rawValue) } }
    }
    struct List: Decodable, Sendable {
        let values: [Bytes]
        let root: B256
    }
    struct State: Decodable, Sendable {
        struct Account: Decodable, Sendable {
            let address: Address
            let nonce: String
            let balance: Wei
            let codeHash: B256
            let storage: [[UInt256]]
            let leaf: Bytes
        }
        let accounts: [Account]
        let root: B256
    }
    struct Receipt: Decodable, Sendable {
        struct Log: Decodable, Sendable {
            let address: Address
            let topics: [B256]
            let data: Bytes
        }
        let type: UInt8
        let status: Int
        let gas: String
        let logs: [Log]
        let logsHash: B256
        let encoded: Bytes
    }
    let tries: [Trie]
    let lists: [List]
    let states: [State]
    let receipts: [Receipt]

    static let all: TrieVectors = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Vectors/trie.json")
        do {
            return try JSONDecoder().decode(TrieVectors.self, from: Data(contentsOf: file))
        } catch { fatalError("\(file.path): \(error)") }
    }()
}
