public import EthPrimitives

/// How long a poke that is due waits for a cheaper block: at the start of the slot only a base fee among the lower ones of late will do, at the
/// end of the patience any.
public struct FeePatience: Codable, Sendable, Hashable {
    /// Blocks whose base fees are looked at: an hour of them.
    public static let blocks: UInt64 = 300
    /// Part of the recent base fees, in thousandths, that the fee must be among at the start of the slot.
    ///
    /// Who begins at a tenth waits in most slots to the end, and buys there at any price: on the block-by-block fees of 2022-07-01 that cost
    /// 12 % where three tenths saved 11 % (patience of 10 minutes; Benchmarks/RESULTS.md).
    static let firstRank: UInt64 = 300

    /// Seconds into the slot: nothing waits for a block after that. 0: nothing waits.
    public var seconds: UInt64

    public init(seconds: UInt64) { self.seconds = seconds }

    public enum Verdict: Sendable, Hashable {
        case act
        /// The base fee that would do, and the part of the recent ones that are no higher, in thousandths.
        case wait(for: Wei, rank: UInt64)
    }

    /// Whether to act. Integer arithmetic, total.
    /// - Parameters:
    ///   - baseFee: of the next block, wei per gas.
    ///   - recent: base fees of recent blocks in any order, wei per gas; without any there is nothing to wait for.
    ///   - inclusion: unix seconds of the next block.
    ///   - slot: start of the slot, unix seconds.
    ///   - blockTime: seconds from one block to the next.
    public func verdict(baseFee: Wei, recent: [Wei], inclusion: UInt64, slot: UInt64, blockTime: UInt64) -> Verdict {
        let age = inclusion > slot ? inclusion - slot : 0
        let (after, overflow) = age.addingReportingOverflow(blockTime)
        // The block after the next would be too late.
        guard seconds > 0, !recent.isEmpty, !overflow, after <= seconds else { return .act }
        let rank = Self.firstRank + UInt64((1_000 - UInt128(Self.firstRank)) * UInt128(age) / UInt128(seconds))
        let sorted = recent.sorted()
        // The nearest rank: the smallest fee that so many thousandths of them do not exceed.
        let place = (UInt128(rank) * UInt128(sorted.count) + 999) / 1_000
        let threshold = sorted[min(sorted.count, max(1, Int(place))) - 1]
        return baseFee <= threshold ? .act : .wait(for: threshold, rank: rank)
    }
}
