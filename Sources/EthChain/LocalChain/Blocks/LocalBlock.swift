import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// A block with its transactions, what became of them, and what it changed.
final class LocalBlock: Sendable {
    let header: ExecutionHeader
    let hash: BlockHash
    let transactions: [LocalTransaction]
    /// `nil` before Shanghai.
    let withdrawals: [Withdrawal]?
    /// Bytes of its encoding.
    let size: UInt64
    /// What it changed of its parent's state.
    let changes: StateChanges

    init(
        header: ExecutionHeader, transactions: [LocalTransaction], withdrawals: [Withdrawal]?, changes: StateChanges
    ) {
        self.header = header
        self.transactions = transactions
        self.withdrawals = withdrawals
        self.changes = changes
        let encoded = header.encoded
        hash = Keccak256.hash(encoded)
        size = Self.size(of: encoded, transactions, withdrawals)
    }

    var number: UInt64 { header.number }
    var baseFeePerGas: Wei { header.extensions.baseFeePerGas ?? .zero }

    /// What keepers use of the header.
    var brief: BlockHeader {
        BlockHeader(
            number: number, hash: hash, parentHash: header.parentHash, timestamp: header.timestamp, gasLimit: header.gasLimit,
            gasUsed: header.gasUsed, baseFeePerGas: header.extensions.baseFeePerGas)
    }

    private static func size(
        of header: [UInt8], _ transactions: [LocalTransaction], _ withdrawals: [Withdrawal]?
    ) -> UInt64 {
        let wires = transactions.reduce(0) { sum, transaction in
            let bytes = transaction.sealed.encoded
            // A typed transaction stands in the block as a byte string.
            return sum + ((bytes.first ?? 0) < 0x80 ? wrapped(bytes.count) : bytes.count)
        }
        let uncles = 1
        let paid = withdrawals.map { wrapped($0.reduce(0) { $0 + $1.encoded.count }) } ?? 0
        return UInt64(wrapped(header.count + wrapped(wires) + uncles + paid))
    }

    /// Length of an RLP list, or of a string of more than one byte, with that payload.
    private static func wrapped(_ payload: Int) -> Int {
        payload < 56 ? 1 + payload : 1 + (Int.bitWidth - payload.leadingZeroBitCount + 7) / 8 + payload
    }
}
