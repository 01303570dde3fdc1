import EthPrimitives
import EthRPC

/// The hashes of the blocks that a head stands on, each proved by the parent that the block above names. A node behind which several
/// others stand may answer from two forks; what it says of a block counts only if the block is on this branch.
struct HeadBranch: Sendable {
    /// From some number up to the head, without a gap.
    private var hashes: [UInt64: BlockHash] = [:]
    private(set) var head: UInt64 = 0
    /// The lowest number that is known.
    private(set) var lowest: UInt64 = 0
    /// What was known of the head before, below which it may go on.
    private var before: [UInt64: BlockHash] = [:]

    /// Blocks that are remembered: more than any chain takes to make one final, short of trouble.
    private static let memory: UInt64 = 1024

    /// Goes over to a head.
    mutating func follow(_ header: BlockHeader) {
        before = hashes
        hashes = [header.number: header.hash]
        (head, lowest) = (header.number, header.number)
        if header.number > 0 { extend(below: header) }
    }

    /// The numbers of the headers that are to be read so that this block is known, the highest first.
    /// - Parameter most: reads of more are left for later.
    func unread(for number: UInt64, most: Int) -> [UInt64] {
        guard number < lowest else { return [] }
        return Array((number + 1...lowest).reversed().prefix(most))
    }

    /// Takes headers in, the highest first; stops at one that is not on the branch.
    mutating func adopt(_ headers: [BlockHeader]) {
        for header in headers {
            guard hashes[header.number] == header.hash, header.number > 0 else { return }
            extend(below: header)
        }
    }

    /// The hash of a block of the branch; `nil` if it is not known.
    subscript(number: UInt64) -> BlockHash? { hashes[number] }

    private mutating func extend(below header: BlockHeader) {
        hashes[header.number - 1] = header.parentHash
        lowest = min(lowest, header.number - 1)
        // From a block on that was known before, all below it are.
        while let known = before[lowest], known == hashes[lowest], lowest > 0, head - lowest < Self.memory,
            let parent = before[lowest - 1]
        {
            lowest -= 1
            hashes[lowest] = parent
        }
    }
}
