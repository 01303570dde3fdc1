import EthCodec
import EthPrimitives
import EthRPC
import KeeperTestServer
import Synchronization

/// A node whose answers follow from the questions, so that an answer to another question is noticed; and a chain that grows.
final class SoakNode: Sendable {
    static let chainID: UInt64 = 1337
    private let height = Mutex<UInt64>(1)

    var answers: TestNode {
        TestNode { request throws(TestNode.Refusal) in
            switch request.method {
            case "eth_chainId": return Quantity.encode(Self.chainID)
            case "eth_getBlockByNumber": return Self.header(self.height.withLock { $0 })
            case "eth_getBlockByHash": return Self.header(named: request.params.first?.string ?? "")
            case "eth_getBalance": return Self.balance(of: request.params.first?.string ?? "")
            case "eth_getStorageAt": return Self.word(of: request.params)
            case "eth_sendRawTransaction": return Self.hash(of: request.params.first?.string ?? "")
            default: throw TestNode.Refusal(-32601, "the method \(request.method) does not exist/is not available")
            }
        }
    }

    /// The next block.
    func grow() -> JSON {
        Self.header(
            height.withLock {
                $0 += 1; return $0
            })
    }

    /// Any number that follows from an account.
    static func balance(of account: String) -> JSON {
        let digest = Keccak256.hash(Array(account.utf8)).bytes
        return Quantity.encode(digest.prefix(7).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// Any word that follows from what was asked.
    static func word(of params: [JSON]) -> JSON { .string(Keccak256.hash(JSONWriter.bytes(of: .array(params))).description) }

    private static func hash(of raw: String) -> JSON {
        // Bytes that are none have no hash.
        (try? Hex.decode(raw)).map { .string(Keccak256.hash($0).description) } ?? .null
    }

    private static func header(_ number: UInt64) -> JSON {
        .object([
            "number": Quantity.encode(number), "hash": .string(name(number)), "parentHash": .string(name(number - 1)),
            "timestamp": Quantity.encode(1_700_000_000 + 12 * number), "gasLimit": "0x1c9c380", "gasUsed": "0x0",
            "baseFeePerGas": "0x7",
        ])
    }

    /// Numbers stand in their hashes.
    private static func name(_ number: UInt64) -> String { UInt256(1_000_000 + number).bigEndianBytes.description }

    private static func header(named hash: String) -> JSON {
        // What is no hash of ours is no block's.
        guard let bytes = try? BlockHash(hex: hash), let number = UInt256(bigEndian: bytes).asUInt64, number > 1_000_000 else {
            return .null
        }
        return header(number - 1_000_000)
    }
}
