internal import EthCodec
internal import EthEVM
internal import EthPrimitives
public import EthRPC
internal import EthTransactions

extension Simulator {
    /// Asks the node what it says of a transaction that was rehearsed, and puts it beside our own result.
    /// - Parameters:
    ///   - index: of the transaction in the sequence, counted from 0.
    ///   - limits: of the same transaction, where they were looked for.
    /// - Throws: `NodeSilence` if the node has no way to say it; what the transport throws.
    public func secondOpinion(
        on rehearsed: Rehearsed, _ index: Int = 0, limits: SmallestLimits? = nil
    ) async throws -> SecondOpinion {
        guard rehearsed.transactions.indices.contains(index) else { throw SimulatorError.noTransaction(index: index) }
        let opinion = try await nodeOpinion(of: rehearsed.rehearsal, index, on: rehearsed.state.block)
        return SecondOpinion(rehearsed.transactions[index], limits: limits, node: opinion)
    }

    /// Asks the node alone: by `eth_simulateV1`, else by an estimate at the block's time, else by a trace. Where our own machine lacks a
    /// precompiled contract, this is the result.
    /// - Throws: `NodeSilence` if the node has no way to say it; `SimulatorError`; what the transport throws.
    public func nodeOpinion(of rehearsal: Rehearsal, _ index: Int = 0, on block: PinnedBlock) async throws -> NodeOpinion {
        guard rehearsal.transactions.indices.contains(index) else { throw SimulatorError.noTransaction(index: index) }
        let question = NodeQuestion(rehearsal, index, on: block, try environment(rehearsal, on: block))
        var reasons: [NodeOpinion.Method: NodeSilence.Reason] = [:]
        for method in NodeOpinion.Method.allCases {
            if method != .simulate, index > 0 {
                reasons[method] = .sequence
                continue
            }
            do {
                let query = question.query(method)
                if let opinion = try await methods.unlessMissing(method.rawValue, { try await provider.value(query) }) {
                    return opinion
                }
                reasons[method] = .methodMissing
            } catch let error as RPCError where error.nodeError != nil || error.code == .malformedResult {
                if let opinion = NodeOpinion(error, by: method) { return opinion }
                reasons[method] = .refused(error.message)
            }
        }
        throw NodeSilence(reasons)
    }

    /// Adds the question to a batch of other reads, by the best way that the node is not known to lack.
    ///
    /// A gateway may refuse a whole batch for one method that it does not let through: ask by `nodeOpinion` once, which learns of that.
    /// - Returns: `nil` if the node has no way to say it.
    /// - Throws: `SimulatorError.noTransaction`, `.fork`.
    public func askOpinion(
        of rehearsal: Rehearsal, _ index: Int = 0, on block: PinnedBlock, in batch: inout ReadBatch
    ) throws(SimulatorError) -> PendingOpinion? {
        guard rehearsal.transactions.indices.contains(index) else { throw SimulatorError.noTransaction(index: index) }
        let ways = NodeOpinion.Method.allCases.filter { index == 0 || $0 == .simulate }
        guard let method = ways.first(where: { !methods.contains($0.rawValue) }) else { return nil }
        let question = NodeQuestion(rehearsal, index, on: block, try environment(rehearsal, on: block))
        return PendingOpinion(method: method, read: batch.add(question.query(method)), methods: methods)
    }
}
