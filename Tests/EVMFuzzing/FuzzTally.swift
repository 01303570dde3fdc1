import EthEVM
import EthPrimitives

/// What programs did, so that one sees whether they do enough.
public struct FuzzTally: Sendable {
    public var programs: UInt64 = 0
    public var sources: [FuzzCase.Source: UInt64] = [:]
    public var succeeded: UInt64 = 0
    public var reverted: UInt64 = 0
    var halts: [Halt: UInt64] = [:]
    /// Transactions that the machine would not run, and of these for a precompiled contract that is not built in.
    public var refused: UInt64 = 0
    public var unsupported: UInt64 = 0
    public var frames: UInt64 = 0
    public var gas: UInt64 = 0
    public var logs: UInt64 = 0
    public var writes: UInt64 = 0
    public var destroys: UInt64 = 0

    mutating func count(_ result: ExecutionResult, _ trace: TraceLaws) {
        switch result.outcome {
        case .succeeded: succeeded += 1
        case .reverted: reverted += 1
        case .halted(let reason): halts[reason, default: 0] += 1
        case .refused: refused += 1
        }
        frames += UInt64(trace.frames)
        gas += result.gasSpent
        logs += UInt64(result.logs.count)
        writes += UInt64(trace.writes)
        if !trace.destroyed.isEmpty { destroys += 1 }
    }

    mutating func add(_ other: Self) {
        programs += other.programs
        sources.merge(other.sources, uniquingKeysWith: +)
        succeeded += other.succeeded
        reverted += other.reverted
        halts.merge(other.halts, uniquingKeysWith: +)
        refused += other.refused
        unsupported += other.unsupported
        frames += other.frames
        gas += other.gas
        logs += other.logs
        writes += other.writes
        destroys += other.destroys
    }

    /// A name and a number a row.
    public var rows: [(name: String, count: UInt64)] {
        var rows = FuzzCase.Source.allCases.map { ("from \($0.rawValue)", sources[$0] ?? 0) }
        rows += [("transactions succeeded", succeeded), ("reverted", reverted)]
        rows += Halt.allCases.compactMap { halt in halts[halt].map { ("halted: \(halt.text)", $0) } }
        rows += [
            ("not run", refused), ("of these, precompile not built in", unsupported), ("frames", frames), ("gas", gas),
            ("logs", logs), ("slots written", writes), ("with SELFDESTRUCT", destroys),
        ]
        return rows
    }
}
