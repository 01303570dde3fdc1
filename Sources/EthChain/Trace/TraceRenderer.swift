public import EthCodec
public import EthEVM
public import EthPrimitives

/// Prints the tree of a transaction's calls as people read it: who is called with what, gas used of gas given, and what came of it.
public struct TraceRenderer: Sendable {
    public var extent: TraceExtent
    let words: TraceWords

    /// - Parameters:
    ///   - labels: what accounts are called.
    ///   - interface: functions, events and errors by which data are read; data of others are shown as words.
    public init(labels: [Address: String] = [:], interface: ABIDocument = ABIDocument([]), _ extent: TraceExtent = TraceExtent())
    {
        words = TraceWords(labels: labels, interface: interface)
        self.extent = extent
    }

    /// The tree, a line a call.
    /// - Parameter starved: calls to be marked, of `SmallestLimits`.
    public func text(_ trace: FrameTrace, starved: [StarvedCall] = []) -> String {
        var tree = TraceTree(extent, words, Set(starved.map(\.path)))
        tree.add(trace)
        return tree.text
    }

    /// What an account is called.
    public func name(_ address: Address) -> String { words.name(address) }

    /// Target, function and arguments of a call, on one line.
    public func title(_ call: StarvedCall) -> String {
        let input = (call.selector?.bytes ?? []) + (call.argument?.bytes ?? [])
        return "\(words.name(call.target)).\(words.call(input))"
    }

    /// Why a call reverted, in words.
    public func reason(_ output: [UInt8]) -> String { words.reason(output) }
}
