import EthPrimitives
import EthRPC

/// Names of a chain that nobody asks.
enum FakeChain {
    /// Emitted by a complete transaction.
    static let topic = Keccak256.hash(Array("LogValue(bytes32)".utf8))
    static let emitters = [Address(lowBytesOf: B256(ascii: "one") ?? B256()), Address(lowBytesOf: Keccak256.hash([2]))]

    static func head(_ number: UInt64) -> BlockHeader {
        BlockHeader(
            number: number, hash: Keccak256.hash(Array("\(number)".utf8)), parentHash: BlockHash(),
            timestamp: 1_700_000_000 + 12 * number, gasLimit: 30_000_000, gasUsed: 0, baseFeePerGas: .gwei(5))
    }
}
