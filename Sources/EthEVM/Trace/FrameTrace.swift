public import EthPrimitives

/// A call or a creation, and what became of it.
public struct FrameTrace: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case call = "CALL", callCode = "CALLCODE", delegateCall = "DELEGATECALL", staticCall = "STATICCALL", create = "CREATE",
            create2 = "CREATE2", selfDestruct = "SELFDESTRUCT"
    }

    /// A slot that was written and holds another value at the end of the frame than at its beginning.
    public struct Write: Hashable, Sendable {
        public var address: Address
        public var slot: UInt256
        public var value: UInt256
    }

    public var kind: Kind
    public var from: Address
    /// The account whose storage and balance it works on is `from` for DELEGATECALL and CALLCODE; this is whose code runs, or the new
    /// contract.
    public var to: Address
    public var value: Wei
    public var input: [UInt8]
    /// Gas that the frame had to spend, the stipend of a call with value included.
    public var gasGiven: Gas
    /// Of it, spent.
    public var gasUsed: Gas
    /// Of the transaction's refund counter, what this frame and those inside added; below zero if it took back.
    public var refund: Int64
    public var outcome: FrameOutcome
    /// What it returned, or the data of its revert.
    public var output: [UInt8]
    /// Logs of this frame alone, those inside apart; kept even if they were undone.
    public var logs: [EVMLog]
    /// Slots written by this frame alone, in the order of the first write; kept even if they were undone.
    public var writes: [Write]
    /// In order.
    public var children: [FrameTrace]

    /// This frame and all inside, each before those inside it.
    public func forEach(_ body: (FrameTrace) -> Void) {
        body(self)
        for child in children { child.forEach(body) }
    }
}
