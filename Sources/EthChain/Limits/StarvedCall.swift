public import EthEVM
public import EthPrimitives

/// An inner call that fails for want of gas at a limit at which the transaction as a whole succeeds.
public struct StarvedCall: Hashable, Sendable {
    /// Its place: of each frame from the outermost on, which of its calls, counted from 0.
    public var path: [Int]
    public var target: Address
    /// `nil` if its data are shorter.
    public var selector: Selector?
    /// The first word behind the selector; of a price update, the name of the collateral type.
    public var argument: B256?
    /// Gas that it was given.
    public var gasGiven: Gas
    /// Gas that it used when there was enough.
    public var gasWanted: Gas
    public var outcome: FrameOutcome

    /// Calls that succeed in one run and not in another, the outermost of each.
    static func all(in starved: FrameTrace, against ample: FrameTrace, path: [Int] = []) -> [StarvedCall] {
        var calls: [StarvedCall] = []
        for (index, (frame, whole)) in zip(starved.children, ample.children).enumerated() where whole.outcome.succeeded {
            if frame.outcome.succeeded {
                calls += all(in: frame, against: whole, path: path + [index])
            } else {
                calls.append(StarvedCall(frame, whole, path + [index]))
            }
        }
        return calls
    }

    private init(_ frame: FrameTrace, _ whole: FrameTrace, _ path: [Int]) {
        self.path = path
        target = frame.to
        selector = Selector(frame.input.prefix(4))
        argument = frame.input.count >= 36 ? B256(frame.input[4..<36]) : nil
        gasGiven = frame.gasGiven
        gasWanted = whole.gasUsed
        outcome = frame.outcome
    }
}
