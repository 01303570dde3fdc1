public import EthEVM

/// What a transaction is sent for: how to tell, from its result at a smaller gas limit, that everything came about which did with ample gas.
public struct Effects: Sendable {
    let areReached: @Sendable (_ result: ExecutionResult, _ ample: ExecutionResult) -> Bool

    /// - Parameter areReached: given the result at some limit, which succeeded, and the one with ample gas; both have a trace.
    public init(_ areReached: @escaping @Sendable (_ result: ExecutionResult, _ ample: ExecutionResult) -> Bool) {
        self.areReached = areReached
    }

    /// Every inner call that succeeded with ample gas succeeds, and the same logs come out.
    public static let callsAndLogs = Effects { result, ample in
        guard result.logs == ample.logs, let trace = result.trace, let whole = ample.trace else { return false }
        return trace.reaches(whole)
    }
}

extension FrameTrace {
    /// Whether this frame and all inside ended as well as those of another run. What happened inside of a frame that failed is undone: it does
    /// not count.
    fileprivate func reaches(_ ample: FrameTrace) -> Bool {
        guard outcome.succeeded == ample.outcome.succeeded, to == ample.to, kind == ample.kind else { return false }
        guard outcome.succeeded else { return true }
        return children.count == ample.children.count && zip(children, ample.children).allSatisfy { $0.reaches($1) }
    }
}
