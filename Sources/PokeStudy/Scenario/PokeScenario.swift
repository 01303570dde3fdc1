public import EthEVM
public import EthPrimitives
public import EthTransactions
public import OraclePokes

/// The world that strategies poke in: contracts with their code and storage, and what happens to them from outside.
public struct PokeScenario: Sendable {
    public struct Oracle: Sendable, Hashable {
        public var name: String
        public var address: Address
        public var source: Address
    }

    public struct Ilk: Sendable, Hashable {
        public var name: String
        /// The oracle that its feed is.
        public var oracle: String
        /// The slot of the Vat that holds the ilk's `spot`.
        public var spotSlot: UInt256
    }

    public struct Block: Sendable, Hashable {
        public var number: UInt64
        /// Unix seconds.
        public var time: UInt64
        /// Wei per gas.
        public var baseFee: Wei
        /// What a median transaction tips, wei per gas.
        public var reward: Wei
    }

    /// What happens from outside.
    public enum Event: Sendable, Hashable {
        /// A source has a new value: an index into `oracles`, the value, and the words of the source's storage that hold it.
        case source(Int, SourceReading, writes: [UInt256: UInt256])
        /// Storage changes in another way: governance.
        case writes(Address, [UInt256: UInt256])
        /// Somebody else's transaction, in the block of this time, before ours.
        case transaction(EVMTransaction)
    }

    public enum Step: Sendable, Hashable {
        case event(UInt64, Event)
        case block(Block)

        /// Unix seconds.
        public var time: UInt64 {
            switch self {
            case .event(let time, _): time
            case .block(let block): block.time
            }
        }
    }

    public var name: String
    /// Where prices and fees come from, in a sentence.
    public var source: String
    public var chainID: ChainID
    public var fork: Fork
    /// Seconds.
    public var slotLength: UInt64
    public var blockTime: UInt64
    /// Unix seconds: the slots that count.
    public var period: Range<UInt64>
    public var sender: Address
    public var contracts: PokeContracts
    /// In the MegaPoker's order.
    public var oracles: [Oracle]
    public var ilks: [Ilk]
    /// Before the first step.
    public var state: MemoryState
    /// In the order of time; an event before the block of the same time.
    public var steps: [Step]

    /// Blocks among the steps.
    public var blockCount: Int { steps.count { if case .block = $0 { true } else { false } } }

    /// Cuts off what comes later.
    /// - Parameter time: unix seconds, the end of a slot.
    mutating func end(at time: UInt64) {
        period = period.lowerBound..<max(period.lowerBound, min(period.upperBound, time))
        steps.removeAll { $0.time >= period.upperBound }
    }

    /// Starts of the slots that count.
    public var slots: [UInt64] { Array(stride(from: period.lowerBound, to: period.upperBound, by: Int(slotLength))) }
}
