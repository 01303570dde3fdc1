public import EthPrimitives
public import EthTransactions

/// Which rules hold when, on one chain.
public struct ForkSchedule: Hashable, Sendable, Codable {
    /// From when on rules hold: before the merge heights told, afterwards times.
    public enum Start: Hashable, Sendable, Codable {
        case number(UInt64)
        /// Unix seconds.
        case time(UInt64)
    }

    /// The rules of a part of the chain.
    public struct Rules: Hashable, Sendable, Codable {
        public var start: Start
        public var fork: Fork
        /// `nil` before Cancun.
        public var blobs: BlobSchedule?

        public init(from start: Start, _ fork: Fork, blobs: BlobSchedule? = nil) {
            self.start = start
            self.fork = fork
            self.blobs = blobs
        }
    }

    /// In their order.
    public let rules: [Rules]
    /// Unix seconds from which on nothing is known: the node announces rules that are not known here.
    public let end: UInt64?

    public init(_ rules: [Rules], until end: UInt64? = nil) {
        self.rules = rules
        self.end = end
    }

    /// One fork's rules for all blocks, as of a development chain or where a configuration says so.
    public init(_ fork: Fork) {
        let blobs: BlobSchedule? = fork >= .prague ? .prague : fork == .cancun ? .cancun : nil
        self.init([Rules(from: .time(0), fork, blobs: blobs)])
    }

    /// The same with what another schedule says of the time before: a node tells its present rules only.
    func preceded(by earlier: ForkSchedule) -> ForkSchedule {
        guard case .time(let first)? = rules.first?.start else { return self }
        let before = earlier.rules.filter { rules in
            if case .time(let start) = rules.start { start < first } else { true }
        }
        return ForkSchedule(before + rules, until: end)
    }

    /// The rules of a block.
    /// - Throws: `ForkError.before` for blocks before the first rules, `.unknownRules` after the last.
    public func rules(number: UInt64, time: UInt64) throws(ForkError) -> Rules {
        if let end, time >= end { throw .unknownRules("the node announces a fork for \(end), with other precompiled contracts") }
        let found = rules.last { rules in
            switch rules.start {
            case .number(let first): number >= first
            case .time(let first): time >= first
            }
        }
        guard let found else { throw .before(number: number, time: time) }
        return found
    }
}

/// Why it is not known which rules hold.
public enum ForkError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Neither configuration, nor the node, nor our table knows this chain.
    case unknownChain(ChainID)
    /// The node's own description of its rules is none that we know.
    case unknownRules(String)
    /// Before the first block whose rules are known.
    case before(number: UInt64, time: UInt64)
    /// The node is on another chain than was said.
    case wrongChain(ChainID, expected: ChainID)

    public var description: String {
        switch self {
        case .unknownChain(let id): "which fork chain \(id) is at is not known, and its node does not tell: name it"
        case .unknownRules(let what): "the node's rules are none that are known here: \(what)"
        case .before(let number, let time): "the rules of block \(number) at \(time) are not known: name the fork"
        case .wrongChain(let id, let expected): "the node's rules are those of chain \(id), not \(expected)"
        }
    }
}
