public import EthPrimitives
internal import EthTransactions

/// How many blobs a block holds and how fast their price moves (EIP-7840).
public struct BlobSchedule: Hashable, Sendable, Codable {
    public var target: UInt64
    public var max: UInt64
    public var baseFeeUpdateFraction: UInt64

    public init(target: UInt64, max: UInt64, baseFeeUpdateFraction: UInt64) {
        self.target = target
        self.max = max
        self.baseFeeUpdateFraction = baseFeeUpdateFraction
    }

    /// EIP-4844.
    public static let cancun = BlobSchedule(target: 3, max: 6, baseFeeUpdateFraction: 3_338_477)
    /// EIP-7691; Osaka itself left it.
    public static let prague = BlobSchedule(target: 6, max: 9, baseFeeUpdateFraction: 5_007_716)
    /// The two changes of blob parameters that followed Osaka (EIP-7892).
    public static let bpo1 = BlobSchedule(target: 10, max: 15, baseFeeUpdateFraction: 8_346_193)
    public static let bpo2 = BlobSchedule(target: 14, max: 21, baseFeeUpdateFraction: 11_684_671)

    /// Gas of execution that a blob is worth at least (EIP-7918).
    private static let baseCost: Gas = 1 << 13

    /// Wei per blob gas: e^(excess / fraction), rounded down as the sum of EIP-4844 is.
    public func baseFee(excess: Gas) -> Wei {
        let (numerator, denominator) = (UInt256(excess), UInt256(Swift.max(1, baseFeeUpdateFraction)))
        var (sum, term, index) = (UInt256.zero, denominator, UInt256(1))
        while term > .zero {
            let (next, overflow) = sum.addingReportingOverflow(term)
            guard !overflow, let factor = term.mulDiv(numerator, denominator * index) else { return Wei(.max) }
            (sum, term, index) = (next, factor, index + 1)
        }
        return Wei(sum / denominator)
    }

    /// The excess of the next block (EIP-4844; from Osaka EIP-7918).
    /// - Parameters:
    ///   - used: blob gas of the block.
    ///   - excess: of the block.
    ///   - baseFeePerGas: of the block, `nil` before Osaka.
    func nextExcess(used: Gas, excess: Gas, baseFeePerGas: Wei?) -> Gas {
        // In wide numbers: what a node claims must not stop a process.
        let (used, excessGas, targetGas) = (UInt256(used), UInt256(excess), UInt256(target) * UInt256(BlobTransaction.gasPerBlob))
        guard excessGas + used >= targetGas else { return 0 }
        var next = excessGas + used - targetGas
        if let baseFeePerGas, max > target, baseFeePerGas * Self.baseCost > baseFee(excess: excess) * BlobTransaction.gasPerBlob {
            next = excessGas + used * UInt256(max - target) / UInt256(max)
        }
        return next.asUInt64 ?? .max
    }
}
