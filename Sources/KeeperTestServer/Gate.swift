/// Where a server waits until the test lets it go on. A gate stands in for time: no test sleeps.
///
///     let gate = Gate()
///     let script = FaultScript().replying(.answer.after(gate), to: 0)
///     …                               // the request is on its way
///     try await gate.reached()        // the server has it, and waits
///     gate.open()
public final class Gate: Sendable {
    private struct State {
        var isOpen = false
        /// How many may still pass while the gate is closed.
        var tickets = 0
        var arrivals = 0
    }

    private let state = Watched(State())

    /// A closed gate.
    public init() {}

    /// Lets everybody pass, from now on.
    public func open() { state.with { $0.isOpen = true } }

    /// Lets so many pass, in the order of their arrival.
    public func admit(_ count: Int = 1) { state.with { $0.tickets += count } }

    /// Waits until so many have arrived, counted from the making of the gate.
    /// - Throws: `CancellationError`.
    public func reached(times: Int = 1) async throws {
        try await state.wait { $0.arrivals >= times ? () : nil }
    }

    /// Waits until the test lets it pass.
    func pass() async throws {
        state.with { $0.arrivals += 1 }
        try await state.wait { state in
            if state.isOpen { return }
            guard state.tickets > 0 else { return nil }
            state.tickets -= 1
        }
    }
}
