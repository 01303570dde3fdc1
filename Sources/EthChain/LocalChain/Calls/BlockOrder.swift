import EthPrimitives
import EthRPC

/// Numbers and times of simulated blocks: each is after the one before, and numbers that are left out are empty blocks.
enum BlockOrder {
    /// Seconds after the block before, where nothing else is said.
    static let increment: UInt64 = 12
    /// Blocks that one simulation may have.
    private static let mostBlocks: UInt64 = 256

    /// The same steps with all numbers and times, and those between them.
    /// - Throws: the node's error.
    static func filled(
        _ steps: [SimulatedStep], after base: LocalBlock
    ) throws(RPCError) -> [SimulatedStep] {
        var (number, time) = (base.number, base.header.timestamp)
        var filled: [SimulatedStep] = []
        for var step in steps {
            let wanted = step.overrides.number ?? number + 1
            guard wanted > number else {
                throw NodeAnswer.failure("block numbers must be in order: \(wanted) <= \(number)", code: -38_020)
            }
            guard wanted - base.number <= mostBlocks else { throw NodeAnswer.failure("too many blocks", code: -38_026) }
            while number + 1 < wanted {
                (number, time) = (number + 1, time + increment)
                filled.append(.init(overrides: BlockOverrides(number: number, time: time)))
            }
            if let stated = step.overrides.time, stated <= time {
                throw NodeAnswer.failure("block timestamps must be in order: \(stated) <= \(time)", code: -38_021)
            }
            (number, time) = (wanted, step.overrides.time ?? time + increment)
            (step.overrides.number, step.overrides.time) = (number, time)
            filled.append(step)
        }
        return filled
    }
}
