internal import EthEVM
internal import EthPrimitives

extension Simulator {
    /// The smallest gas limits of a transaction: with status 1, and with every effect. Executes it some hundred times.
    ///
    /// The gas limit that the transaction has counts as ample: give it as much as a block allows.
    /// - Parameters:
    ///   - index: of the transaction in the sequence, counted from 0; those before it are executed each time.
    ///   - effects: what must come about.
    /// - Throws: `SimulatorError`; what the transport throws. Requests are only sent where a smaller limit takes a way that reads other state.
    public func smallestLimits(
        of rehearsed: Rehearsed, _ index: Int = 0, effects: Effects = .callsAndLogs
    ) async throws -> SmallestLimits {
        var rehearsal = rehearsed.rehearsal
        rehearsal.pattern = rehearsed.pattern
        var state = try search(rehearsal, rehearsed.environment, rehearsed.state)
        var executions = 0
        while true {
            let search = try LimitSearch(rehearsed, index, state.state)
            do throws(LimitSearch.Stop) {
                var limits = try search.limits(effects)
                limits.executions += executions
                return limits
            } catch {
                executions += search.executions
                switch error {
                case .failed(let error): throw error
                case .misses(let misses): try await state.fetch(misses)
                }
            }
        }
    }
}
