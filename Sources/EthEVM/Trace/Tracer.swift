import EthPrimitives

/// Builds the tree of calls while a transaction runs.
final class Tracer {
    /// A frame that has not ended.
    private struct Open {
        var trace: FrameTrace
        var refundBefore: Int64
        /// Values of slots before the frame's first write to them, in the order of `trace.writes`.
        var before: [UInt256] = []
    }

    private var open: [Open] = []
    /// The whole tree, once the outermost frame has ended.
    private(set) var finished: FrameTrace?

    func begin(_ call: Call, _ state: JournaledState) {
        let value = call.kind == .staticCall ? .zero : call.value
        begin(
            call.kind, from: call.kind == .delegateCall ? state.accounts[call.account].address : call.caller,
            to: state.accounts[call.target].address, value, Array(call.input), call.gas, state)
    }

    func begin(_ creation: Creation, _ initCode: [UInt8], _ state: JournaledState) {
        begin(
            creation.kind, from: state.accounts[creation.creator].address, to: creation.address, creation.value, initCode,
            creation.gas, state)
    }

    private func begin(
        _ kind: FrameTrace.Kind, from: Address, to: Address, _ value: UInt256, _ input: [UInt8], _ gas: Gas,
        _ state: JournaledState
    ) {
        let trace = FrameTrace(
            kind: kind, from: from, to: to, value: Wei(value), input: input, gasGiven: gas, gasUsed: 0, refund: 0,
            outcome: .succeeded, output: [], logs: [], writes: [], children: [])
        open.append(Open(trace: trace, refundBefore: state.refund))
    }

    func end(_ outcome: FrameOutcome, gasLeft: Gas, _ output: UnsafeRawBufferPointer, _ state: JournaledState) {
        guard var frame = open.popLast() else { return }
        frame.trace.outcome = outcome
        frame.trace.gasUsed = frame.trace.gasGiven - gasLeft
        frame.trace.refund = state.refund - frame.refundBefore
        frame.trace.output = Array(output)
        frame.trace.writes = zip(frame.trace.writes, frame.before).filter { $0.value != $1 }.map(\.0)
        if open.isEmpty { finished = frame.trace } else { open[open.count - 1].trace.children.append(frame.trace) }
    }

    func write(_ address: Address, _ slot: UInt256, before: UInt256, _ value: UInt256) {
        let top = open.count - 1
        guard top >= 0 else { return }
        if let known = open[top].trace.writes.firstIndex(where: { $0.slot == slot && $0.address == address }) {
            open[top].trace.writes[known].value = value
            return
        }
        open[top].trace.writes.append(FrameTrace.Write(address: address, slot: slot, value: value))
        open[top].before.append(before)
    }

    /// The newest log is the frame's.
    func log(_ state: JournaledState) {
        guard !open.isEmpty else { return }
        open[open.count - 1].trace.logs += state.events(from: state.logs.count - 1)
    }

    func selfDestruct(_ address: Address, _ heir: Address, _ balance: UInt256) {
        guard !open.isEmpty else { return }
        open[open.count - 1].trace.children.append(
            FrameTrace(
                kind: .selfDestruct, from: address, to: heir, value: Wei(balance), input: [], gasGiven: 0, gasUsed: 0, refund: 0,
                outcome: .succeeded, output: [], logs: [], writes: [], children: []))
    }
}
