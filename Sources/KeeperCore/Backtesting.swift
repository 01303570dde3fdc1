public import EthCodec
public import EthRPC

/// The world of a backtest: it lays what the strategy's own transactions would have changed over the recorded facts, and takes
/// the place of the executor. Everything else is the code that runs in production.
public protocol BacktestWorld<Snapshot>: ActionExecutor {
    associatedtype Snapshot: Codable & Sendable

    /// The facts as they would be had the strategy acted.
    /// - Parameter evidence: receipts and logs that the recording has of the blocks since the head before, this one included.
    func overlay(_ snapshot: Snapshot, at head: BlockHeader, evidence: [BlockEvidence]) -> Snapshot

    /// Learns what was decided at a head, and why.
    func take(_ decision: Decision, at head: BlockHeader)

    /// The result after the last head.
    /// - Parameter decisions: digest of the decision log.
    func report(decisions: String) -> BacktestReport
}

/// A finished backtest.
public struct BacktestReport: Sendable {
    /// For machines; printed with sorted keys.
    public var json: JSON
    /// For people.
    public var text: String

    public init(json: JSON, text: String) {
        self.json = json
        self.text = text
    }
}

/// A keeper that sees recorded facts through a backtest's world.
public struct BacktestKeeper<Base: Keeper>: Keeper {
    let base: Base
    let world: any BacktestWorld<Base.Snapshot>
    let evidence: @Sendable (BlockHeader) -> [BlockEvidence]

    public init(
        _ base: Base, in world: any BacktestWorld<Base.Snapshot>, evidence: @escaping @Sendable (BlockHeader) -> [BlockEvidence]
    ) {
        self.base = base
        self.world = world
        self.evidence = evidence
    }

    public var initialMemory: Base.Memory { base.initialMemory }

    public func observe(_ head: BlockHeader, through provider: Provider) async throws -> Base.Snapshot {
        world.overlay(try await base.observe(head, through: provider), at: head, evidence: evidence(head))
    }

    public func decide(_ snapshot: Base.Snapshot, _ memory: inout Base.Memory) -> Decision { base.decide(snapshot, &memory) }

    public func nextWake(after head: BlockHeader) -> UInt64 { base.nextWake(after: head) }
}
